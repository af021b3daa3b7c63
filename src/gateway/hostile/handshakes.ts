import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_FRAME_BYTES, SOCKETS_PATH, SUBPROTOCOL } from "../protocol.ts";
import { startTestGateway, type TestGateway } from "../testing/page.ts";
import { rawRequest } from "../testing/raw-http.ts";
import { openRawSocket, rawFrame } from "../testing/raw-socket.ts";

/** WebSockets that are asked for in a wrong way, and frames that no browser sends. */
export function handshakeAttempts(): void {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  describe("is refused:", () => {
    const right = (token: string): Record<string, string> => ({
      Host: `127.0.0.1:${gateway.port}`,
      Origin: gateway.origin,
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, token.${token}`,
    });
    const wrong: readonly [
      string,
      (token: string) => Record<string, string>,
      { method?: string; path?: string }?,
    ][] = [
      ["no subprotocol", () => ({ "Sec-WebSocket-Protocol": "" })],
      ["another subprotocol", (token) => ({ "Sec-WebSocket-Protocol": `chat, token.${token}` })],
      ["a later version of ours", (token) => ({ "Sec-WebSocket-Protocol": `runnel.v2, token.${token}` })],
      ["ours without the token", () => ({ "Sec-WebSocket-Protocol": SUBPROTOCOL })],
      ["the token without ours", (token) => ({ "Sec-WebSocket-Protocol": `token.${token}` })],
      ["ours in capitals", (token) => ({ "Sec-WebSocket-Protocol": `RUNNEL.V1, token.${token}` })],
      [
        "two tokens, the wrong one first",
        (token) => ({ "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, token.x, token.${token}` }),
      ],
      ["a quoted token", (token) => ({ "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, "token.${token}"` })],
      ["an old version", () => ({ "Sec-WebSocket-Version": "7" })],
      ["no version", () => ({ "Sec-WebSocket-Version": "" })],
      ["no key", () => ({ "Sec-WebSocket-Key": "" })],
      ["a short key", () => ({ "Sec-WebSocket-Key": "YQ==" })],
      ["an upgrade to something else", () => ({ Upgrade: "h2c" })],
      ["a list of upgrades", () => ({ Upgrade: "h2c, websocket" })],
      ["a POST", () => ({}), { method: "POST" }],
      ["another path", () => ({}), { path: "/" }],
      ["a path with a query", () => ({}), { path: `${SOCKETS_PATH}?x` }],
      ["a path in another form", () => ({}), { path: "/api/%73ockets" }],
      ["a path that climbs", () => ({}), { path: "/api/x/../sockets" }],
      ["an absolute address", () => ({}), { path: `http://evil.test${SOCKETS_PATH}` }],
      ["another origin", () => ({ Origin: "http://evil.test" })],
      ["a null origin", () => ({ Origin: "null" })],
      [
        "the page of our other name",
        (_token) => ({ Origin: gateway.origin.replace("127.0.0.1", "localhost") }),
      ],
    ];
    test.each(wrong)("%s", async (_name, change, request = {}) => {
      const headers = Object.entries({ ...right(gateway.token), ...change(gateway.token) });
      const { status } = await rawRequest(gateway.port, { path: SOCKETS_PATH, ...request, headers });
      expect(status).not.toBe(101);
      expect(status === 0 || status >= 400).toBe(true);
    });
  });

  test.each(["permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame"])(
    "compression is not agreed on, so nothing can be blown up by it: %s",
    async (extension) => {
      const raw = await openRawSocket(gateway, [["Sec-WebSocket-Extensions", extension]]);
      expect(raw.head).toMatch(/^HTTP\/1\.1 101/);
      expect(raw.head.toLowerCase()).not.toContain("sec-websocket-extensions");
      raw.send(rawFrame(0xc2, Buffer.from("compressed")));
      expect(await raw.closed()).toBe(1002);
    },
  );

  describe("a frame closes the WebSocket:", () => {
    const connect = Buffer.from([0, 1, 0, 0, 0]);
    const frames: readonly [string, Buffer | (() => Buffer), number][] = [
      ["without a mask", rawFrame(0x82, connect, { masked: false }), 1002],
      ["of an unknown kind", rawFrame(0x83, connect), 1002],
      ["of an unknown control kind", rawFrame(0x8b, connect), 1002],
      ["with reserved bits", rawFrame(0xa2, connect), 1002],
      ["that goes on with nothing", rawFrame(0x80, connect), 1002],
      [
        "that begins again before it has ended",
        Buffer.concat([rawFrame(0x02, connect), rawFrame(0x02, connect)]),
        1002,
      ],
      ["a ping in pieces", rawFrame(0x09, connect), 1002],
      ["a ping that is too long", rawFrame(0x89, Buffer.alloc(200)), 1002],
      ["a close with half a code", rawFrame(0x88, Buffer.from([3])), 1002],
      ["a close with a code that is none", rawFrame(0x88, Buffer.from([0x03, 0xec])), 1002],
      [
        "that claims more than the limit",
        rawFrame(0x82, Buffer.alloc(0), { length: MAX_FRAME_BYTES + 6 }),
        1009,
      ],
      ["that claims a terabyte", rawFrame(0x82, Buffer.alloc(0), { length: 2n ** 40n }), 1009],
      ["that claims all there is", rawFrame(0x82, Buffer.alloc(0), { length: 2n ** 63n }), 1009],
      [
        "that grows beyond the limit piece by piece",
        () => {
          const piece = Buffer.alloc(300_000);
          return Buffer.concat([
            rawFrame(0x02, piece),
            ...Array.from({ length: 5 }, () => rawFrame(0x00, piece)),
          ]);
        },
        1009,
      ],
      ["text that is none", rawFrame(0x81, Buffer.from([0xff, 0xfe])), 1007],
    ];
    test.each(frames)("%s", async (_name, frame, code) => {
      const raw = await openRawSocket(gateway);
      raw.send(typeof frame === "function" ? frame() : frame);
      expect(await raw.closed()).toBe(code);
    });
  });
}
