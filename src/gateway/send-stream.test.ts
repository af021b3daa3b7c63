// @vitest-environment node
import http from "node:http";
import { Socket } from "node:net";
import { Readable } from "node:stream";
import type { Context } from "hono";
import { expect, test } from "vitest";
import { sendStream } from "./send-stream.ts";

test("a page that has gone away by then gets nothing, and what was to be sent is let go", () => {
  const outgoing = new http.ServerResponse(new http.IncomingMessage(new Socket()));
  outgoing.destroy();
  const body = Readable.from(["too late"]);
  sendStream({ env: { outgoing } } as unknown as Context, 200, {}, body);
  expect(body.destroyed).toBe(true);
  expect(outgoing.headersSent).toBe(false);
});
