import { pipeline, type Readable } from "node:stream";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/**
 * Answers with a stream, byte for byte by Node's own pipeline: the page going away ends the stream, and a stream that breaks
 * breaks the answer off, so that nobody takes a part for the whole.
 */
export function sendStream(
  context: Context,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Readable,
): Response {
  const { outgoing } = context.env as HttpBindings;
  if (outgoing.destroyed) {
    // The page went away before there was anything to send: nobody to tell, and no error.
    body.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  outgoing.writeHead(status, { ...headers });
  pipeline(body, outgoing, () => undefined);
  return RESPONSE_ALREADY_SENT;
}
