import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FETCH_PATH, SOCKETS_PATH, SUBPROTOCOL, TOKEN_HEADER } from "../protocol.ts";
import { type Gateway, startGateway } from "../server.ts";
import { temporaryApp } from "../testing/page.ts";
import { rawRequest } from "../testing/raw-http.ts";

const password = "correct horse battery";
type Headers = readonly (readonly [string, string])[];

/** Ways around the sign-in of a gateway that other machines reach; the token is known to whoever tries. */
export function accessAttempts(): void {
  let gateway: Gateway;
  let token: string;
  let cookie: string;

  beforeAll(async () => {
    const publicUrl = "https://runnel.test";
    gateway = await startGateway({ port: 0, ...(await temporaryApp()), password, publicUrl });
    cookie = await signIn("203.0.113.1");
    token =
      /name="runnel-token" content="([^"]+)"/.exec((await get("/", [["Cookie", cookie]])).text)?.[1] ?? "";
    expect(token).toHaveLength(43);
  });
  afterAll(() => gateway.close());

  const get = (path: string, headers: Headers) =>
    rawRequest(gateway.port, { path, headers: [["Host", "runnel.test"], ...headers] });

  function guess(given: string, from: string) {
    const body = `password=${encodeURIComponent(given)}`;
    return rawRequest(gateway.port, {
      method: "POST",
      path: "/sign-in",
      headers: [
        ["Host", "runnel.test"],
        ["Origin", "https://runnel.test"],
        ["X-Forwarded-For", from],
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["Content-Length", String(body.length)],
      ],
      body,
    });
  }

  async function signIn(from: string): Promise<string> {
    return /set-cookie: ([^;]+)/i.exec((await guess(password, from)).text)?.[1] ?? "";
  }

  const cookies: readonly [string, () => Headers][] = [
    ["no cookie", () => []],
    ["an empty one", () => [["Cookie", ""]]],
    ["one without a value", () => [["Cookie", `${cookie.split("=")[0]}=`]]],
    ["a guess", () => [["Cookie", `${cookie.split("=")[0]}=${"A".repeat(43)}`]]],
    ["its beginning", () => [["Cookie", cookie.slice(0, -1)]]],
    ["a longer one", () => [["Cookie", `${cookie}A`]]],
    ["its value under a name without the prefix", () => [["Cookie", cookie.replace("__Host-", "")]]],
    ["its value under the name of another port", () => [["Cookie", cookie.replace(/\d+=/, "1=")]]],
    ["the token as a cookie", () => [["Cookie", `${cookie.split("=")[0]}=${token}`]]],
    ["the password as a cookie", () => [["Cookie", `${cookie.split("=")[0]}=${password}`]]],
    ["the session in another header", () => [["Authorization", `Bearer ${cookie.split("=")[1]}`]]],
    ["the password as basic authorization", () => [["Authorization", `Basic ${btoa(`x:${password}`)}`]]],
    ["a claim to be on this machine", () => [["X-Forwarded-For", "127.0.0.1"]]],
    ["a claim to be another host", () => [["X-Forwarded-Host", "127.0.0.1"]]],
    ["a name from an object's prototype", () => [["Cookie", "__proto__=x; constructor=y"]]],
  ];
  test.each(cookies)("with %s nothing is served", async (_name, make) => {
    const api: Headers = [
      ["Origin", "https://runnel.test"],
      [TOKEN_HEADER, token],
    ];
    for (const path of ["/", "/runtime/frame.html", "/api/packages/simple/x/", "/favicon.svg"]) {
      const { status, text } = await get(path, [...make(), ...api]);
      expect(status).toBe(401);
      expect(text).not.toContain(token);
    }
    const upgrade: Headers = [
      ["Origin", "https://runnel.test"],
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
      ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${token}`],
    ];
    expect((await get(SOCKETS_PATH, [...make(), ...upgrade])).status).toBe(401);
  });

  test.each([
    "/sign-in/../",
    "/sign-in/..%2findex.html",
    "/sign-in/",
    "//sign-in",
    "/SIGN-IN",
    "/sign-in;/../index.html",
    "/sign-in?/../index.html",
    "/sign-in%00/index.html",
    "/sign-out",
    `/sign-in?password=${encodeURIComponent(password)}`,
    "http://runnel.test/index.html",
    FETCH_PATH,
  ])("the path %s leads past it for nobody", async (path) => {
    const { status, text } = await get(path, []);
    expect([400, 401]).toContain(status);
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/set-cookie/i);
  });

  test("who comes by another name is not told the right ones", async () => {
    const { status, text } = await rawRequest(gateway.port, {
      headers: [
        ["Host", "evil.test"],
        ["Cookie", cookie],
      ],
    });
    expect(status).toBe(403);
    expect(text).not.toMatch(/runnel\.test/);
  });

  test("a session that was chosen beforehand is not taken on", async () => {
    const fixed = `${cookie.split("=")[0]}=${"B".repeat(43)}`;
    expect(await signIn("203.0.113.2")).not.toBe(fixed);
    expect((await get("/", [["Cookie", fixed]])).status).toBe(401);
  });

  test.each(["https://evil.test", "null", "http://runnel.test", "https://runnel.test:8443"])(
    "the page of %s signs nobody in or out",
    async (origin) => {
      for (const path of ["/sign-in", "/sign-out"]) {
        const headers: Headers = [
          ["Host", "runnel.test"],
          ["Origin", origin],
          ["Cookie", cookie],
          ["Content-Length", "0"],
        ];
        expect((await rawRequest(gateway.port, { method: "POST", path, headers })).status).toBe(403);
      }
      expect((await get("/", [["Cookie", cookie]])).status).toBe(200);
    },
  );

  describe("guessing the password", () => {
    test("many at a time: all but the first few are not even looked at", async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => guess(`guess ${index}`, "203.0.113.9")),
      );
      // Five, and one more after 1, 2, 4, … seconds, should all this take so long.
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThan(12);
      expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(28);
    });

    test("from one network of IPv6 with an address for each", async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => guess(`guess ${index}`, `2001:db8::${index + 1}`)),
      );
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThan(12);
    });

    test("from a new address each time: all together have to wait", async () => {
      const answers = await Promise.all(
        Array.from({ length: 150 }, (_, index) => guess(`guess ${index}`, `198.51.100.${index}`)),
      );
      expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    });

    test("and whoever is signed in notices nothing of it", async () => {
      expect((await get("/", [["Cookie", cookie]])).status).toBe(200);
    });
  });
}
