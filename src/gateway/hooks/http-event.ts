import type http from "node:http";
import type { HttpEvent } from "../hooks-protocol.ts";
import { gathered, readBody } from "./body.ts";

/** What the gateway knows of a request besides its bytes. */
interface RequestFacts {
  readonly address: string;
  /** `https://runnel.example.com`. */
  readonly origin: string;
  /** What of the path is the hook's own: `/hooks/TOKEN`. */
  readonly prefix: string;
}

/** A request as the event that a workflow is given: the shape of fact 6 of the reference. */
export async function httpEvent(
  request: http.IncomingMessage,
  bytes: Buffer<ArrayBuffer>,
  { address, origin, prefix }: RequestFacts,
): Promise<HttpEvent> {
  const target = request.url ?? "/";
  const [path = "", ...query] = target.split("?");
  return {
    body: await readBody(bytes, request.headers["content-type"]),
    client_ip: address.replace(/^::ffff:(?=\d)/, ""),
    headers: joined(request.headers),
    method: request.method ?? "GET",
    path: path.slice(prefix.length) || "/",
    query: gathered([...new URLSearchParams(query.join("?"))]),
    url: origin + target,
  };
}

function joined(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
