import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import type { ConnectionRecord, HttpBody, HttpExchange } from "../../runtime/protocol.ts";
import { createRedactor } from "../../vault/index.ts";
import { createNetworkView } from "./network-view.ts";

const SECRET = "xoxb-4711-Zq8+/=";
const redactor = createRedactor([{ name: "s", value: SECRET }]);

function body(content: string | Uint8Array = ""): HttpBody {
  const bytes = new Uint8Array(typeof content === "string" ? new TextEncoder().encode(content) : content);
  return { size: bytes.length, state: "complete", bytes, overBudget: false };
}

const exchange: HttpExchange = {
  id: 1,
  method: "POST",
  path: `/api?token=${encodeURIComponent(SECRET)}`,
  version: "HTTP/1.1",
  status: 200,
  reason: "OK",
  startedAt: 0,
  firstByteMs: 1,
  durationMs: 2,
  request: {
    headers: [["Authorization", `Bearer ${SECRET}`]],
    body: body(`key=${encodeURIComponent(SECRET)}`),
  },
  response: {
    headers: [
      ["Content-Type", "application/json"],
      ["Content-Encoding", "gzip"],
      [`X-${SECRET}`, "1"],
    ],
    body: body(gzipSync(JSON.stringify({ token: SECRET, ok: true }))),
  },
};

const record: ConnectionRecord = {
  id: 7,
  host: `${SECRET}.example`,
  port: 443,
  tls: true,
  verified: true,
  state: "open",
  startedAt: 0,
  durationMs: null,
  bytesOut: 1,
  bytesIn: 2,
  exchanges: [exchange],
  error: `no ${SECRET}`,
};

describe("createNetworkView", () => {
  test("no secret gets through, wherever it is; a compressed body comes once it is decoded", async () => {
    const onChange = vi.fn();
    const view = createNetworkView(redactor, onChange);
    view.take(record);
    expect(view.connections()[0]?.exchanges[0]?.response?.body.content.kind).toBe("arriving");
    await view.settled();
    expect(onChange).toHaveBeenCalled();
    const [shown] = view.connections();
    expect(JSON.stringify(shown)).not.toMatch(/xoxb|4711/);
    expect(shown).toMatchObject({ host: "⟦s⟧.example", error: "no ⟦s⟧" });
    expect(shown?.exchanges[0]).toMatchObject({
      path: "/api?token=⟦s⟧",
      request: {
        headers: [["Authorization", "Bearer ⟦s⟧"]],
        body: { content: { kind: "text", text: "key=⟦s⟧" } },
      },
      response: {
        body: {
          mediaType: "application/json",
          encoding: "gzip",
          content: { kind: "text", text: '{"token":"⟦s⟧","ok":true}' },
        },
      },
    });
  });

  test("what has not changed is not masked again", () => {
    const text = vi.fn(redactor.text);
    const view = createNetworkView({ ...redactor, text }, () => {});
    const plain = { ...record, exchanges: [{ ...exchange, response: null }] };
    view.take(plain);
    const once = text.mock.calls.length;
    view.take({ ...plain, bytesIn: 3 });
    // Host and error.
    expect(text.mock.calls.length - once).toBeLessThan(5);
  });

  test("of a path that was cut in the middle of a secret, no part of that is shown", () => {
    const view = createNetworkView(redactor, () => {});
    const cut = { ...exchange, path: `/a?key=${SECRET.slice(0, 9)}`, response: null };
    view.take({ ...record, exchanges: [{ ...cut, request: { headers: null, body: body() } }] });
    expect(view.connections()[0]?.exchanges[0]?.path).toBe("/a?key=");
  });

  test("connections keep their order, each with its last state", () => {
    const view = createNetworkView(redactor, () => {});
    view.take({ ...record, exchanges: [] });
    view.take({ ...record, id: 8, exchanges: [] });
    view.take({ ...record, exchanges: [], state: "closed" });
    expect(view.connections().map(({ id, state }) => [id, state])).toEqual([
      [7, "closed"],
      [8, "open"],
    ]);
  });
});
