import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FETCH_PATH, FETCH_REQUEST_HEADER, SOCKETS_PATH, SUBPROTOCOL, TOKEN_HEADER } from "../protocol.ts";
import type { TestGateway } from "../testing/page.ts";
import { startTestGateway, temporaryFolder } from "../testing/page.ts";
import { rawRequest } from "../testing/raw-http.ts";

/** Attempts through requests to the server. */
export function requestsAttempts(): void {
  /** Stands in a file beside the served folders; no answer may ever contain it. */
  const secret = "the-secret-of-this-machine";
  let gateway: TestGateway;
  let host: string;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    const [appDir, runtimeDir] = [path.join(folder, "app"), path.join(folder, "runtime")];
    await mkdir(path.join(appDir, "assets"), { recursive: true });
    await mkdir(runtimeDir);
    await writeFile(path.join(folder, "secret.txt"), secret);
    await writeFile(path.join(appDir, ".hidden.txt"), secret);
    await writeFile(path.join(appDir, "index.html"), '<meta name="runnel-token" content="__RUNNEL_TOKEN__">');
    await writeFile(path.join(runtimeDir, "frame.html"), "<script>1</script>");
    gateway = await startTestGateway({ appDir, runtimeDir });
    host = `127.0.0.1:${gateway.port}`;
  });
  afterAll(() => gateway.close());

  /** `PORT` in a text stands for the gateway's. */
  const filled = (text: string) => text.replaceAll("PORT", String(gateway.port));

  const request = encodeURIComponent(
    JSON.stringify({
      url: "http://127.0.0.1:1/",
      method: "GET",
      headers: [],
      redirect: "follow",
      allowed: [],
    }),
  );

  function fetchRequest(headers: readonly (readonly [string, string])[], route: string = FETCH_PATH) {
    const all = [...headers, [FETCH_REQUEST_HEADER, request], ["Content-Length", "0"]] as const;
    return rawRequest(gateway.port, { method: "POST", path: route, headers: all });
  }

  function upgrade(headers: readonly (readonly [string, string])[], route: string = SOCKETS_PATH) {
    const handshake = [
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ] as const;
    return rawRequest(gateway.port, { path: route, headers: [...handshake, ...headers] });
  }

  test("the page itself is let in everywhere", async () => {
    const page = [
      ["Host", host],
      ["Origin", gateway.origin],
    ] as const;
    expect((await rawRequest(gateway.port, { headers: [["Host", host]] })).status).toBe(200);
    expect((await rawRequest(gateway.port, { headers: [["Host", filled("localhost:PORT")]] })).status).toBe(
      200,
    );
    expect((await fetchRequest([...page, [TOKEN_HEADER, gateway.token]])).status).toBe(200);
    const protocols = `${SUBPROTOCOL}, token.${gateway.token}`;
    expect((await upgrade([...page, ["Sec-WebSocket-Protocol", protocols]])).status).toBe(101);
  });

  describe("another Host (DNS rebinding) is refused everywhere:", () => {
    const hosts = [
      "evil.example",
      "evil.example:PORT",
      "127.0.0.1",
      "127.0.0.1:1",
      "127.0.0.1:PORT.evil.example",
      "127.0.0.1.evil.example:PORT",
      "localhost.:PORT",
      "localhost.evil.example:PORT",
      "[::1]:PORT",
      "[::ffff:127.0.0.1]:PORT",
      "0.0.0.0:PORT",
      "127.1:PORT",
      "2130706433:PORT",
      "0x7f000001:PORT",
      "127.0.0.1:PORT@evil.example",
      "evil.example#127.0.0.1:PORT",
      "169.254.169.254:PORT",
      "",
    ];
    test.each(hosts)("%j", async (name) => {
      const headers = [
        ["Host", filled(name)],
        ["Origin", gateway.origin],
        [TOKEN_HEADER, gateway.token],
      ] as const;
      for (const route of ["/", "/assets/x.js", "/runtime/frame.html", "/api/packages/simple/x/"]) {
        const { status, text } = await rawRequest(gateway.port, { path: route, headers });
        expect([400, 403]).toContain(status);
        expect(text).not.toContain(gateway.token);
      }
      expect([400, 403]).toContain((await fetchRequest(headers)).status);
      const protocols = ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${gateway.token}`] as const;
      expect([400, 403]).toContain((await upgrade([...headers, protocols])).status);
    });

    test("none at all", async () => {
      expect((await rawRequest(gateway.port, { headers: [] })).status).toBe(400);
    });

    test("an absolute address that disagrees with it", async () => {
      const { text } = await rawRequest(gateway.port, {
        path: filled("http://evil.example:PORT/"),
        headers: [["Host", filled("evil.example:PORT")]],
      });
      expect(text).not.toContain(gateway.token);
    });
  });

  describe("another Origin is refused by the api:", () => {
    const origins = [
      "http://evil.example",
      "null",
      "file://",
      "https://127.0.0.1:PORT",
      "http://127.0.0.1",
      "http://127.0.0.1:1",
      "http://127.0.0.1:PORT.evil.example",
      "http://localhost:PORT.evil.example",
      "http://127.0.0.1:PORT/",
      "http://127.0.0.1:PORT, http://evil.example",
      "http://evil.example, http://127.0.0.1:PORT",
      "HTTP://127.0.0.1:PORT",
      "",
    ];
    test.each(origins)("%j", async (origin) => {
      const headers = [
        ["Host", host],
        ["Origin", filled(origin)],
        [TOKEN_HEADER, gateway.token],
      ] as const;
      expect((await fetchRequest(headers)).status).toBe(403);
      expect((await rawRequest(gateway.port, { path: "/api/packages/simple/x/", headers })).status).toBe(403);
      const protocols = ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${gateway.token}`] as const;
      expect((await upgrade([...headers, protocols])).status).toBe(403);
    });

    test("none, for a WebSocket", async () => {
      const protocols = ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${gateway.token}`] as const;
      expect((await upgrade([["Host", host], protocols])).status).toBe(403);
    });

    test.each(["cross-site", "same-site", "none"])("Sec-Fetch-Site %s", async (site) => {
      const headers = [
        ["Host", host],
        ["Sec-Fetch-Site", site],
        [TOKEN_HEADER, gateway.token],
      ] as const;
      expect((await rawRequest(gateway.port, { path: "/api/packages/simple/x/", headers })).status).toBe(403);
    });
  });

  describe("without the token nothing of the api is reached:", () => {
    const tokens: readonly [string, (token: string) => string][] = [
      ["an empty one", () => ""],
      ["a guess of the same length", (token) => "A".repeat(token.length)],
      ["its beginning", (token) => token.slice(0, -1)],
      ["a longer one", (token) => `${token}A`],
      ["one with another last letter", (token) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A")],
      ["upper case", (token) => token.toUpperCase()],
    ];
    test.each(tokens)("%s", async (_name, make) => {
      const page = [
        ["Host", host],
        ["Origin", gateway.origin],
      ] as const;
      const wrong = make(gateway.token);
      expect((await fetchRequest([...page, [TOKEN_HEADER, wrong]])).status).toBe(401);
      const protocols = ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${wrong}`] as const;
      // `ws` and we refuse what can't be a protocol's name alike.
      expect([400, 401]).toContain((await upgrade([...page, protocols])).status);
    });

    test("it counts in its header only, not in the address or a cookie", async () => {
      const page = [
        ["Host", host],
        ["Origin", gateway.origin],
        ["Cookie", `token=${gateway.token}`],
      ] as const;
      expect((await fetchRequest(page, `${FETCH_PATH}?token=${gateway.token}`)).status).toBe(401);
      expect((await upgrade(page, `${SOCKETS_PATH}?token=${gateway.token}`)).status).toBe(401);
      expect((await upgrade([...page, ["Sec-WebSocket-Protocol", `token.${gateway.token}`]])).status).toBe(
        401,
      );
    });

    test("guesses get nowhere", async () => {
      for (let guess = 0; guess < 50; guess += 1) {
        const token = Buffer.from(`guess number ${guess} of a token.....`).toString("base64url");
        const headers = [
          ["Host", host],
          ["Origin", gateway.origin],
          [TOKEN_HEADER, token],
        ] as const;
        expect((await fetchRequest(headers)).status).toBe(401);
      }
    });

    test.each([
      "/%61pi/fetch",
      "/ap%69/fetch",
      "/api%2ffetch",
      "/api%2Ffetch",
      "//api/fetch",
      "/./api/fetch",
      "/x/../api/fetch",
      "/x/%2e%2e/api/fetch",
      "/API/fetch",
      "/api\\fetch",
      "\\api\\fetch",
      "/%2561pi/fetch",
      "http://evil.example/api/fetch",
      "http://127.0.0.1:PORT/api/fetch",
      "/api/fetch/",
      "/api/fetch;x=.js",
      "/api/fetch%00.js",
    ])("however its path is written: %s", async (route) => {
      const { status, text } = await fetchRequest([["Host", host]], filled(route));
      expect([400, 401, 404, 405]).toContain(status);
      expect(text).not.toContain("x-runnel-response");
    });
  });

  describe("no file outside the served folders is read:", () => {
    test.each([
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/%2e%2e%2fsecret.txt",
      "/..%5csecret.txt",
      "/..\\secret.txt",
      "/....//secret.txt",
      "/assets/../../secret.txt",
      "/assets/%2e%2e/%2e%2e/secret.txt",
      "/runtime/../../secret.txt",
      "/runtime/..%2f..%2fsecret.txt",
      "/runtime/%252e%252e/secret.txt",
      "/runtime//../secret.txt",
      "//../secret.txt",
      "/./../secret.txt",
      "/.hidden.txt",
      "/%2ehidden.txt",
      "/secret.txt%00.js",
      "/%c0%ae%c0%ae/secret.txt",
      "/%ff",
      "/C:/secret.txt",
      "http://127.0.0.1:PORT/../secret.txt",
    ])("%s", async (route) => {
      const { status, text } = await rawRequest(gateway.port, {
        path: filled(route),
        headers: [["Host", host]],
      });
      expect(text).not.toContain(secret);
      expect([400, 404]).toContain(status);
    });
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])(
    "%s of a file is refused",
    async (method) => {
      const { status } = await rawRequest(gateway.port, {
        method,
        headers: [
          ["Host", host],
          ["Content-Length", "0"],
        ],
      });
      expect(status).toBe(405);
    },
  );

  test("a CONNECT, as for a proxy, is answered with nothing", async () => {
    const { status } = await rawRequest(gateway.port, {
      method: "CONNECT",
      path: "evil.example:443",
      headers: [["Host", host]],
    });
    expect(status).toBe(0);
  });
}
