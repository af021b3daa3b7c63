/** One header, as sent: name and value. */
export type Header = readonly [name: string, value: string];

/** About one connection, not about the message; never passed on in either direction. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Set by the gateway itself for the request that it makes. */
const ours = new Set(["host", "content-length", "expect"]);

/** Headers of a request that may be passed on, with defaults for what servers expect to find. */
export function outgoingHeaders(given: readonly Header[]): readonly Header[] {
  const passed = given.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !ours.has(name.toLowerCase()));
  const has = (name: string) => passed.some(([known]) => known.toLowerCase() === name);
  const defaults: readonly Header[] = [
    ["accept", "*/*"],
    ["accept-encoding", "gzip, deflate, br"],
    ["user-agent", "Runnel"],
  ];
  return [...passed, ...defaults.filter(([name]) => !has(name))];
}

/** Headers of a response for someone who gets its body decoded: without those of the connection and of the encoding. */
export function incomingHeaders(raw: readonly string[], decoded: boolean): readonly Header[] {
  const dropped = decoded ? ["content-encoding", "content-length"] : ["content-length"];
  return pairs(raw).filter(
    ([name]) => !hopByHop.has(name.toLowerCase()) && !dropped.includes(name.toLowerCase()),
  );
}

/** Node's flat list as pairs. */
function pairs(raw: readonly string[]): readonly Header[] {
  return raw.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}
