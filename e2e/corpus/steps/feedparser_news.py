import feedparser
import html
import re

def handler(pd: "pipedream"):
    feed = feedparser.parse("https://news.example.com/feed.xml")
    strip = lambda text: re.sub(r"<[^>]+>", "", html.unescape(text)).strip()
    return {"feed": feed.feed.title, "summaries": [strip(e.summary) for e in feed.entries]}
