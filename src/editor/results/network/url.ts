import type { ShownConnection, ShownExchange } from "../../../runs/index.ts";

type Target = Pick<ShownConnection, "host" | "port" | "tls">;

/** The whole address of a request. */
export function urlOf(target: Target, { method, path }: Pick<ShownExchange, "method" | "path">): string {
  // To a proxy the whole address is sent; CONNECT names host and port only.
  if (method === "CONNECT" || isWhole(path)) return path;
  return `${originOf(target, target.host)}${path === "*" ? "" : path}`;
}

/** Whether the request line held a whole address, as it does for a proxy. */
export function isWhole(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/** `https://host:8443`, the port only where it isn't the usual one. */
export function originOf({ tls, port }: Pick<Target, "tls" | "port">, host: string): string {
  const bracketed = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const isUsual = port === (tls ? 443 : 80);
  return `${tls ? "https" : "http"}://${bracketed}${isUsual ? "" : `:${port}`}`;
}
