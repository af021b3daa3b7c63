/**
 * HTML that a step shows. It comes from the sandbox and is drawn in a frame without scripts, origin or network; what could still
 * reach something (a name looked up ahead, a link that is clicked) is taken out before.
 */

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Elements that load, lead elsewhere or set how the document is read. */
const REMOVED =
  "script, noscript, link, meta, base, iframe, frame, frameset, object, embed, portal, fencedframe, applet, template, audio, video, source, track";
/** Attributes with an address, but for images as data. */
const ADDRESSES = new Set(
  "href xlink:href src srcset imagesrcset action formaction ping poster background data cite manifest longdesc lowsrc dynsrc".split(
    " ",
  ),
);

/** A document for a frame's `srcdoc`. */
export function documentOf(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.querySelectorAll(REMOVED)) element.remove();
  for (const element of parsed.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const isData = name === "src" && /^data:image\//i.test(value.trim());
      const isPlace = name.endsWith("href") && value.startsWith("#") && element.tagName !== "A";
      if (name.startsWith("on") || (ADDRESSES.has(name) && !isData && !isPlace))
        element.removeAttribute(name);
    }
  }
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta http-equiv="x-dns-prefetch-control" content="off"><style>:root{color-scheme:light}body{margin:8px;font:13px/1.5 system-ui,sans-serif}table{border-collapse:collapse}th,td{padding:2px 8px;border:1px solid #ddd;text-align:right}</style>`;
  return `<!doctype html><html><head>${head}${parsed.head.innerHTML}</head><body>${parsed.body.innerHTML}</body></html>`;
}
