// @vitest-environment node
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createGuard } from "../guard.ts";
import { SOCKETS_PATH, SUBPROTOCOL, TOKEN_HEADER } from "../protocol.ts";
import { type Gateway, startGateway } from "../server.ts";
import { temporaryApp } from "../testing/page.ts";
import { rawRequest } from "../testing/raw-http.ts";
import { createSignIn } from "./sign-in.ts";
import { type Site, sitesOf } from "./sites.ts";

const password = "correct horse battery";
let gateway: Gateway;
let origin: string;

beforeEach(async () => {
  gateway = await startGateway({ port: 0, ...(await temporaryApp()), password });
  origin = gateway.url.replace(/\/$/, "");
});
afterEach(() => gateway.close());

const asPage = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  return fetch(origin + path, { method: "POST", body, redirect: "manual", headers: { origin, ...headers } });
}

/** Signs in; gives the cookie as a browser would send it. */
async function signIn(): Promise<string> {
  const response = await post("/sign-in", { password });
  expect(response.status).toBe(303);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function tokenFor(cookie: string): Promise<string> {
  const html = await (await fetch(origin, { headers: { cookie } })).text();
  return /name="runnel-token" content="([^"]+)"/.exec(html)?.[1] ?? "";
}

async function openSocket(cookie: string, token: string): Promise<WebSocket> {
  const headers = cookie ? { cookie } : {};
  const protocols = [SUBPROTOCOL, `token.${token}`];
  const socket = new WebSocket(origin.replace("http", "ws") + SOCKETS_PATH, protocols, { origin, headers });
  await once(socket, "open");
  return socket;
}

describe("without having signed in", () => {
  test("a person gets the page that asks, wherever they go", async () => {
    for (const path of ["/", "/workflows/7?tab=1", "/index.html", "/sign-in"]) {
      const response = await fetch(origin + path, { headers: asPage });
      expect(response.status).toBe(401);
      const html = await response.text();
      expect(html).toContain('<label for="password">Password</label>');
      expect(html).not.toContain("runnel-token");
      expect(response.headers.get("content-security-policy")).toContain("form-action 'self'");
      expect(response.headers.get("cache-control")).toBe("no-store");
      // With "no-referrer" browsers send the form with a null origin.
      expect(response.headers.get("referrer-policy")).toBe("same-origin");
    }
    const html = await (await fetch(`${origin}/workflows/7?tab=1`, { headers: asPage })).text();
    expect(html).toContain('name="to" value="/workflows/7?tab=1"');
  });

  test.each(["/", "/assets/app.js", "/runtime/manifest.json", "/api/packages/simple/x/", "/favicon.svg"])(
    "nothing is served to a program: %s",
    async (path) => {
      const cookie = await signIn();
      const headers = { [TOKEN_HEADER]: await tokenFor(cookie) };
      const response = await fetch(origin + path, { headers });
      expect(response.status).toBe(401);
      expect(await response.text()).toBe("Sign in first, then reload the page.");
    },
  );

  test("no WebSocket is opened, the token notwithstanding", async () => {
    const token = await tokenFor(await signIn());
    await expect(openSocket("", token)).rejects.toThrow("401");
    await expect(openSocket(`runnel-${gateway.port}=${"A".repeat(43)}`, token)).rejects.toThrow("401");
  });
});

describe("signing in", () => {
  test("sets a cookie that scripts don't see and other sites don't send, and leads back", async () => {
    const response = await post("/sign-in", { password, to: "/workflows/7?tab=1" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/workflows/7?tab=1");
    expect(response.headers.get("set-cookie")).toMatch(
      /^runnel-\d+=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await fetch(origin, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('name="runnel-signed-in" content="yes"');
    const again = await fetch(`${origin}/sign-in`, { headers: { cookie }, redirect: "manual" });
    expect(again.headers.get("location")).toBe("/");
  });

  test.each([
    "https://evil.test/",
    "//evil.test",
    "/\\evil.test",
    "/x/..//evil.test",
    "javascript:1",
    "",
    "/sign-in",
  ])("leads nowhere else: %j", async (to) => {
    const { headers } = await post("/sign-in", { password, to });
    expect(headers.get("location")).toBe("/");
  });

  test("with a wrong password says so, and nothing is set", async () => {
    for (const wrong of ["", "wrong", `${password} `, password.toUpperCase()]) {
      const response = await post("/sign-in", { password: wrong });
      expect(response.status).toBe(401);
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(await response.text()).toContain('role="alert" id="problem">That is not the password.');
    }
  });

  test("after some wrong ones has to wait, the right password included", async () => {
    let time = 0;
    const sites: Site[] = [];
    const guard = createGuard(() => sites);
    const access = createSignIn({
      password,
      guard,
      secure: false,
      port: () => 1,
      proxied: false,
      now: () => time,
    });
    const server = http.createServer((request, response) => void access.handle(request, response));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    sites.push(...sitesOf({ host: "127.0.0.1", port, secure: false }));
    origin = `http://127.0.0.1:${port}`;
    for (let count = 0; count < 5; count += 1)
      expect((await post("/sign-in", { password: `wrong ${count}` })).status).toBe(401);
    for (const given of [password, "wrong", password]) {
      const response = await post("/sign-in", { password: given });
      expect(response.status).toBe(429);
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await response.text()).toContain("Too many wrong passwords. Try again in 1 second.");
    }
    time += 1000;
    expect((await post("/sign-in", { password: "wrong" })).status).toBe(401);
    expect((await post("/sign-in", { password })).headers.get("retry-after")).toBe("2");
    time += 2000;
    expect((await post("/sign-in", { password })).status).toBe(303);
    access.close();
    server.closeAllConnections();
    server.close();
  });

  test("is only possible from the page itself", async () => {
    const none = await fetch(`${origin}/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ password }),
    });
    expect(none.status).toBe(403);
    for (const wrong of [
      "http://evil.test",
      "null",
      "https://127.0.0.1",
      origin.replace("127.0.0.1", "localhost"),
    ])
      expect((await post("/sign-in", { password }, { origin: wrong })).status).toBe(403);
    expect((await post("/sign-in", { password }, { "sec-fetch-site": "same-site" })).status).toBe(403);
  });

  test("takes a form of reasonable size and no other thing", async () => {
    expect((await post("/sign-in", { password, x: "y".repeat(10_000) })).status).toBe(413);
    expect((await post("/sign-in", { password }, { "content-type": "text/plain" })).status).toBe(413);
    expect((await fetch(`${origin}/sign-in?password=${encodeURIComponent(password)}`)).status).toBe(401);
  });
});

test("signing out ends the session, its WebSockets too, and no other session", async () => {
  const [mine, other] = [await signIn(), await signIn()];
  const token = await tokenFor(mine);
  const [socket, otherSocket] = [await openSocket(mine, token), await openSocket(other, token)];
  const closed = once(socket, "close");
  const refused = await post("/sign-out", {}, { cookie: mine, origin: "http://evil.test" });
  expect(refused.status).toBe(403);
  const response = await post("/sign-out", {}, { cookie: mine });
  expect(response.status).toBe(204);
  expect(response.headers.get("set-cookie")).toContain("Max-Age=0");
  await closed;
  expect((await fetch(origin, { headers: { cookie: mine } })).status).toBe(401);
  expect((await fetch(origin, { headers: { cookie: other } })).status).toBe(200);
  expect(otherSocket.readyState).toBe(WebSocket.OPEN);
  otherSocket.close();
});

test("two cookies of one name count as none: another page of this host may have added one", async () => {
  const cookie = await signIn();
  const name = cookie.split("=")[0];
  const response = await fetch(origin, { headers: { cookie: `${name}=x; ${cookie}` } });
  expect(response.status).toBe(401);
});

test("behind a proxy the cookie is for https only, and the address that the proxy saw is the one that waits", async () => {
  const publicUrl = "https://runnel.test";
  const proxied = await startGateway({ port: 0, ...(await temporaryApp()), password, publicUrl });
  expect(proxied).toMatchObject({ url: "https://runnel.test/", remote: true });
  const send = (given: string, forwarded: string) => {
    const body = `password=${encodeURIComponent(given)}`;
    return rawRequest(proxied.port, {
      method: "POST",
      path: "/sign-in",
      headers: [
        ["Host", "runnel.test"],
        ["Origin", publicUrl],
        ["X-Forwarded-For", forwarded],
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["Content-Length", String(body.length)],
      ],
      body,
    });
  };
  for (let count = 0; count < 6; count += 1) await send("wrong", `198.51.100.${count}, 203.0.113.9`);
  expect((await send(password, "1.2.3.4, 203.0.113.9")).status).toBe(429);
  const { status, text } = await send(password, "203.0.113.9, 203.0.113.10");
  expect(status).toBe(303);
  expect(text).toMatch(
    /set-cookie: __Host-runnel-\d+=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict; Secure/i,
  );
  const direct = await rawRequest(proxied.port, { headers: [["Host", `127.0.0.1:${proxied.port}`]] });
  expect(direct.status).toBe(403);
  await proxied.close();
});
