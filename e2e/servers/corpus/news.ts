import type http from "node:http";

const blog = `<!doctype html><html><head><title>The made-up blog</title></head><body>
<nav><a href="/">Home</a></nav>
<article class="post featured"><h2><a href="/blog/first"> First &amp; foremost </a></h2>
<span class="tag">python</span><span class="tag"> web </span></article>
<article class="post"><h2><a href="https://other.example.com/two">Second</a></h2></article>
<article class="ad"><a href="/buy">Buy</a></article></body></html>`;

const feed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Made-up news</title>
<item><title>Older</title><pubDate>Fri, 30 Jan 2026 08:00:00 +0100</pubDate><description>&lt;p&gt;One &amp;amp; two&lt;/p&gt;</description>
<media:thumbnail url="https://news.example.com/1.png"/></item>
<item><title>Newer ✓</title><pubDate>Sat, 31 Jan 2026 08:00:00 GMT</pubDate><description>Three</description>
<media:thumbnail url="https://news.example.com/2.png"/></item></channel></rss>`;

/** A site to read from: `/blog` is HTML, `/feed.xml` is RSS. */
export function answerNews(request: http.IncomingMessage, response: http.ServerResponse): void {
  const [type, text] = request.url === "/feed.xml" ? ["application/rss+xml", feed] : ["text/html", blog];
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(text);
}
