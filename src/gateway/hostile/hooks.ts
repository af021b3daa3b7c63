import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOOKS_PATH, HOOKS_SOCKET_PATH } from "../hooks-protocol.ts";
import { FETCH_PATH, SUBPROTOCOL, TOKEN_HEADER } from "../protocol.ts";
import { startGateway } from "../server.ts";
import { answerOf, HooksPage, hookAddress, newHookToken } from "../testing/hooks-page.ts";
import { startTestGateway, type TestGateway, temporaryApp, temporaryFolder } from "../testing/page.ts";
import { rawRequest } from "../testing/raw-http.ts";

/** Through the addresses of workflows, which anyone may send requests to; and by what a workflow answers there. */
export function hookAttempts(): void {
  let gateway: TestGateway;
  let token: string;
  let page: HooksPage;
  /** What the workflow answers next. */
  let next = answerOf(200, "answer");

  beforeAll(async () => {
    gateway = await startTestGateway({
      dataDir: await temporaryFolder(),
      limits: { hookBody: 100_000, hookPending: 8, hookMemory: 400_000, hookAnswerMs: 200 },
    });
    token = newHookToken();
    page = await HooksPage.open(gateway);
    await page.listen(token);
    void (async () => {
      for (;;) {
        const { id } = await page.take();
        page.send({ op: "answer", id, response: next });
      }
    })();
  });
  afterAll(() => gateway.close());

  const host = () => ["Host", `127.0.0.1:${gateway.port}`] as const;
  const get = (path: string, headers: readonly (readonly [string, string])[] = []) =>
    rawRequest(gateway.port, { path, headers: [host(), ...headers] });

  describe("tokens:", () => {
    test.each([
      ["none", () => HOOKS_PATH],
      ["another", () => HOOKS_PATH + newHookToken()],
      ["its beginning", () => HOOKS_PATH + token.slice(0, 42)],
      ["a longer one", () => `${HOOKS_PATH}${token}A`],
      ["another last letter", () => HOOKS_PATH + token.slice(0, 42) + (token.endsWith("A") ? "B" : "A")],
      ["a coded letter", () => `${HOOKS_PATH}%${token.charCodeAt(0).toString(16)}${token.slice(1)}`],
      ["a path that climbs to it", () => `${HOOKS_PATH}x/../${token}`],
      ["a path that climbs out of it", () => `${HOOKS_PATH}../../etc/passwd`],
      ["a name of an object's prototype", () => `${HOOKS_PATH}__proto__`],
      ["its hash", () => HOOKS_PATH + Buffer.from(token).toString("hex").slice(0, 43)],
    ])("%s is not found, whatever is sent", async (_name, path) => {
      const { status, text } = await get(path());
      expect(status).toBe(404);
      expect(text).not.toContain(gateway.token);
      expect(text).not.toContain("access-control");
    });

    test("of an unknown one no body is read", async () => {
      const { status } = await rawRequest(gateway.port, {
        method: "POST",
        path: HOOKS_PATH + newHookToken(),
        headers: [host(), ["Content-Length", "1000000000"]],
        body: "x",
      });
      expect(status).toBe(404);
    });
  });

  describe("what a workflow answers", () => {
    const dangerous: readonly (readonly [string, string])[] = [
      ["Set-Cookie", "runnel=1"],
      ["Service-Worker-Allowed", "/"],
      ["Clear-Site-Data", '"storage"'],
      ["Content-Security-Policy", "sandbox allow-same-origin allow-scripts"],
      ["Access-Control-Allow-Credentials", "true"],
      ["Access-Control-Allow-Origin", "https://evil.test"],
      ["Strict-Transport-Security", "max-age=1"],
      ["WWW-Authenticate", "Basic"],
      ["X-Accel-Redirect", "/internal"],
      ["X-Sendfile", "/etc/passwd"],
      ["Transfer-Encoding", "chunked"],
      ["Content-Length", "1"],
      ["Connection", "upgrade"],
      ["Upgrade", "websocket"],
      ["Alt-Svc", 'h3="evil.test:443"'],
      ["Refresh", "0; url=/"],
      ["Cross-Origin-Opener-Policy", "unsafe-none"],
      ["Origin-Agent-Cluster", "?0"],
      ["Link", "</sign-out>; rel=prefetch"],
      ["X-Content-Type-Options", "none"],
      ["Reporting-Endpoints", 'a="https://evil.test"'],
      ["X-Bad\r\nSet-Cookie", "a"],
      ["X-Bad", "a\r\nSet-Cookie: b=c"],
    ];
    test.each(dangerous)("doesn't set %s", async (name, value) => {
      next = answerOf(200, "<script>1</script>", [[name, value]]);
      const { status, text } = await get(HOOKS_PATH + token);
      const [head = "", body] = text.split("\r\n\r\n");
      expect([status, body]).toEqual([200, "<script>1</script>"]);
      expect(head.toLowerCase().split("\r\n")).not.toContain(`${name}: ${value}`.toLowerCase());
      expect(head).not.toMatch(/set-cookie/i);
      expect(head).toMatch(/^content-security-policy: sandbox\r?$/im);
      expect(head).toMatch(/^x-content-type-options: nosniff\r?$/im);
      expect(head).toMatch(/^access-control-allow-origin: \*\r?$/im);
      expect(head).toMatch(/^content-length: 18\r?$/im);
    });

    test.each([
      [
        "a script",
        [
          ["Sec-Fetch-Site", "same-origin"],
          ["Sec-Fetch-Dest", "script"],
          ["Sec-Fetch-Mode", "no-cors"],
        ],
      ],
      [
        "a worker",
        [
          ["Sec-Fetch-Site", "same-origin"],
          ["Sec-Fetch-Dest", "worker"],
          ["Sec-Fetch-Mode", "same-origin"],
        ],
      ],
      [
        "a service worker",
        [
          ["Service-Worker", "script"],
          ["Sec-Fetch-Dest", "serviceworker"],
        ],
      ],
      [
        "a frame",
        [
          ["Sec-Fetch-Site", "same-origin"],
          ["Sec-Fetch-Dest", "iframe"],
          ["Sec-Fetch-Mode", "navigate"],
        ],
      ],
    ] as const)("is not %s of the app's page", async (_name, headers) => {
      next = answerOf(200, "alert(1)", [["content-type", "text/javascript"]]);
      const { status, text } = await get(HOOKS_PATH + token, headers);
      expect(status).toBe(403);
      expect(text).not.toContain("alert");
    });
  });

  test("the person's session, which a browser sends along, is not given to the workflow", async () => {
    const own = newHookToken();
    const mine = await HooksPage.open(gateway);
    await mine.listen(own);
    const send = (cookie: string) =>
      get(HOOKS_PATH + own, [
        ["Cookie", cookie],
        [TOKEN_HEADER, gateway.token],
      ]);
    const sent = [send("a=1; __Host-runnel-7411=s1; runnel-7412=s2; b=2"), send("__Host-runnel-7411=s1")];
    const seen = [await mine.take(), await mine.take()].map(({ event }) => event.headers);
    expect(JSON.stringify(seen)).not.toMatch(/s1|s2|runnel-token/);
    expect(seen.map(({ cookie }) => cookie).sort()).toEqual(["a=1; b=2", undefined]);
    await mine.close();
    await Promise.all(sent);
  });

  describe("a page's messages:", () => {
    test.each([
      ["no JSON", "x"],
      ["no command", '{"op":"eval"}'],
      ["a token that is none", '{"op":"listen","token":"../../x"}'],
      [
        "an answer that no client takes",
        '{"op":"answer","id":"a","response":{"status":100,"headers":[],"body":""}}',
      ],
      [
        "a body that is no base64",
        '{"op":"answer","id":"a","response":{"status":200,"headers":[],"body":"%"}}',
      ],
      [
        "an endless list",
        JSON.stringify({ op: "watch", tokens: Array.from({ length: 10_001 }, () => "a".repeat(43)) }),
      ],
    ])("%s ends its connection", async (_name, message) => {
      const other = await HooksPage.open(gateway);
      const closed = new Promise<number>((resolve) => other.socket.once("close", resolve));
      other.socket.send(message);
      expect(await closed).toBe(1003);
    });

    test("one that has been told nothing can answer or take nothing", async () => {
      const other = await HooksPage.open(gateway);
      const own = newHookToken();
      const mine = await HooksPage.open(gateway);
      await mine.listen(own);
      const sent = fetch(hookAddress(gateway, own));
      const { id } = await mine.next("request");
      other.send({ op: "taken", id });
      other.send({ op: "answer", id, response: answerOf(200, "forged") });
      mine.send({ op: "taken", id });
      mine.send({ op: "answer", id, response: answerOf(200, "mine") });
      expect(await (await sent).text()).toBe("mine");
    });

    test("its WebSocket is for the page of this start only", async () => {
      const upgrade = (over: Record<string, string>) =>
        rawRequest(gateway.port, {
          path: HOOKS_SOCKET_PATH,
          headers: Object.entries({
            Host: `127.0.0.1:${gateway.port}`,
            Origin: gateway.origin,
            Upgrade: "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, token.${gateway.token}`,
            ...over,
          }),
        });
      expect((await upgrade({})).status).toBe(101);
      expect((await upgrade({ Origin: "https://evil.test" })).status).toBe(403);
      expect((await upgrade({ Origin: "null" })).status).toBe(403);
      expect((await upgrade({ Host: "evil.test" })).status).toBe(403);
      expect((await upgrade({ "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, token.x` })).status).toBe(401);
      expect((await upgrade({ "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, token.${token}` })).status).toBe(
        401,
      );
    });
  });

  describe("too much:", () => {
    test("bodies larger than allowed, said or not", async () => {
      const big = "x".repeat(100_001);
      for (const headers of [
        [["Content-Length", String(big.length)]],
        [["Transfer-Encoding", "chunked"]],
      ] as const) {
        const chunked = headers[0][0] === "Transfer-Encoding";
        const { status } = await rawRequest(gateway.port, {
          method: "POST",
          path: HOOKS_PATH + token,
          headers: [host(), ...headers],
          body: chunked ? `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n` : big,
        });
        expect([0, 413]).toContain(status);
      }
    });

    test("requests that all want an answer: the others wait their turn elsewhere", async () => {
      const own = newHookToken();
      const silent = await HooksPage.open(gateway);
      await silent.listen(own);
      const statuses = await Promise.all(
        Array.from({ length: 40 }, async () => (await fetch(hookAddress(gateway, own))).status),
      );
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(20);
      expect(statuses.every((status) => status === 429 || status === 202)).toBe(true);
      expect((await fetch(gateway.url)).status).toBe(200);
    });

    test("bodies that are held: beyond the bound they are refused, and the memory is given back", async () => {
      const own = newHookToken();
      const slow = await HooksPage.open(gateway);
      await slow.listen(own);
      const post = async () => {
        const response = await fetch(hookAddress(gateway, own), { method: "POST", body: "x".repeat(90_000) });
        return response.status;
      };
      const statuses = await Promise.all(Array.from({ length: 8 }, post));
      expect(statuses).toContain(503);
      slow.send({ op: "drop", token: own });
      await expect.poll(async () => (await fetch(hookAddress(gateway, own))).status).toBe(404);
      next = answerOf(200, "free again");
      const again = await fetch(hookAddress(gateway, token), { method: "POST", body: "x".repeat(90_000) });
      expect(await again.text()).toBe("free again");
    });
  });

  test("a gateway with a password lets requests to hooks in, and nothing else by that way", async () => {
    const publicUrl = "https://runnel.test";
    const folders = { ...(await temporaryApp()), dataDir: await temporaryFolder() };
    const remote = await startGateway({ port: 0, ...folders, password: "correct horse battery", publicUrl });
    const ask = (path: string, name = "runnel.test") =>
      rawRequest(remote.port, {
        path,
        headers: [
          ["Host", name],
          [TOKEN_HEADER, "x"],
        ],
      });
    try {
      expect((await ask(HOOKS_PATH + newHookToken())).status).toBe(404);
      expect((await ask(HOOKS_PATH + newHookToken(), "evil.test")).status).toBe(403);
      for (const path of [
        `${HOOKS_PATH}..${FETCH_PATH}`,
        `/hooks`,
        `${HOOKS_PATH}../index.html`,
        "/hooksx",
        HOOKS_SOCKET_PATH,
      ])
        expect([401, 404]).toContain((await ask(path)).status);
    } finally {
      await remote.close();
    }
  });
}
