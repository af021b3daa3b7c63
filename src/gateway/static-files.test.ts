// @vitest-environment node
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestGateway } from "./testing/page.ts";
import { startTestGateway, temporaryFolder } from "./testing/page.ts";
import { rawRequest } from "./testing/raw-http.ts";

const script = 'document.title = "a </b>";\n';
const wasm = Buffer.from([0, 0x61, 0x73, 0x6d]);
let gateway: TestGateway;

beforeAll(async () => {
  const [appDir, runtimeDir] = [await temporaryFolder(), await temporaryFolder()];
  await mkdir(path.join(appDir, "assets"));
  const files: Readonly<Record<string, string | Buffer>> = {
    [path.join(appDir, "index.html")]:
      '<meta name="runnel-token" content="__RUNNEL_TOKEN__"><title>App</title>',
    [path.join(appDir, "favicon.svg")]: "<svg xmlns='http://www.w3.org/2000/svg'/>",
    [path.join(appDir, "assets/index-B3xv91Qa.js")]: "plain",
    [path.join(appDir, "assets/index-B3xv91Qa.js.br")]: zlib.brotliCompressSync("plain"),
    [path.join(appDir, "assets/index-B3xv91Qa.js.gz")]: zlib.gzipSync("plain"),
    [path.join(appDir, "assets/style-a1b2c3d4.css")]: "a{}",
    [path.join(appDir, "assets/tools.wasm-worker-a1b2c3d4.js")]: "plain",
    [path.join(appDir, "assets/wasm-worker-a1b2c3d4.js")]: "plain",
    [path.join(runtimeDir, "frame.html")]:
      `<!doctype html><script src="x.js"></script><script>${script}</script>`,
    [path.join(runtimeDir, "pyodide.asm.wasm")]: wasm,
    [path.join(runtimeDir, "manifest.json")]: "{}",
    [path.join(runtimeDir, "stdlib.zip")]: "zip",
  };
  await Promise.all(Object.entries(files).map(([file, content]) => writeFile(file, content)));
  gateway = await startTestGateway({ appDir, runtimeDir });
});
afterAll(() => gateway.close());

const get = (route: string, headers: Record<string, string> = {}) =>
  fetch(gateway.origin + route, { headers });

describe("index.html", () => {
  test.each([
    "/",
    "/index.html",
    "/workflows/w_123",
    "/workflows/w_123/edit",
    "/accounts",
    "/environment",
    "/?x=a.b",
  ])("is at %s, with the token of this start", async (route) => {
    const response = await get(route);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.text()).toContain(`content="${gateway.token}"`);
  });

  test("carries another token at another start", async () => {
    expect(gateway.token).toMatch(/^[\w-]{43}$/);
    const other = await startTestGateway();
    expect(other.token).not.toBe(gateway.token);
    await other.close();
  });

  test("is not what a missing file gives", async () => {
    for (const route of [
      "/nothing.js",
      "/assets/old-00000000.js",
      "/runtime/nothing",
      "/runtime/",
      "/a.b/c.png",
    ]) {
      expect((await get(route)).status).toBe(404);
    }
  });
});

test.each([
  ["/favicon.svg", "image/svg+xml"],
  ["/assets/index-B3xv91Qa.js", "text/javascript; charset=utf-8"],
  ["/assets/style-a1b2c3d4.css", "text/css; charset=utf-8"],
  ["/runtime/pyodide.asm.wasm", "application/wasm"],
  ["/runtime/manifest.json", "application/json; charset=utf-8"],
  ["/runtime/stdlib.zip", "application/zip"],
])("%s is %s", async (route, type) => {
  expect((await get(route)).headers.get("content-type")).toBe(type);
});

describe("a cache may keep", () => {
  const forever = "public, max-age=31536000, immutable";
  test.each([
    ["/assets/index-B3xv91Qa.js", forever],
    ["/runtime/pyodide.asm.wasm?v=abc", forever],
    ["/runtime/pyodide.asm.wasm", "no-cache"],
    ["/runtime/manifest.json", "no-cache"],
    ["/favicon.svg", "no-cache"],
  ])("%s: %s", async (route, control) => {
    expect((await get(route)).headers.get("cache-control")).toBe(control);
  });

  test("what hasn't changed since", async () => {
    const etag = (await get("/favicon.svg")).headers.get("etag") ?? "";
    expect((await get("/favicon.svg", { "if-none-match": etag })).status).toBe(304);
    expect((await get("/favicon.svg", { "if-none-match": '"other"' })).status).toBe(200);
  });
});

describe("a compressed copy is sent", () => {
  test.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["identity", null],
    ["zebra", null],
  ])("for %s: %s", async (accepted, encoding) => {
    const response = await get("/assets/index-B3xv91Qa.js", { "accept-encoding": accepted });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("vary")).toBe("accept-encoding");
    expect(await response.text()).toBe("plain");
  });

  test("under the plain file's type, and not where there is none", async () => {
    const headers = { "accept-encoding": "br" };
    const copied = await get("/assets/index-B3xv91Qa.js", headers);
    expect(copied.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await get("/favicon.svg", headers)).headers.get("content-encoding")).toBeNull();
  });
});

test("HEAD tells the length and sends nothing", async () => {
  const response = await fetch(`${gateway.origin}/runtime/pyodide.asm.wasm`, { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe(String(wasm.length));
  expect(await response.text()).toBe("");
});

describe("security headers", () => {
  const common = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };

  test("are on everything: pages, files, errors, the api and refusals", async () => {
    const routes = [
      "/",
      "/assets/index-B3xv91Qa.js",
      "/runtime/frame.html",
      "/nothing.js",
      "/api/nothing",
      "/favicon.svg",
    ];
    for (const route of routes) {
      // Firefox would not show a frame of opaque origin otherwise; its own policy says who may.
      const embedded = route.endsWith("frame.html") ? { "cross-origin-resource-policy": "cross-origin" } : {};
      const { headers } = await get(route);
      expect(Object.fromEntries(headers)).toMatchObject({ ...common, ...embedded });
    }
    const { text } = await rawRequest(gateway.port, { headers: [["Host", "evil.example"]] });
    for (const [name, value] of Object.entries(common)) expect(text).toContain(`${name}: ${value}`);
  });

  test("of the page allow its own scripts and connections only", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    // A worker takes its policy from its own file's answer, and an SVG can be opened like a page.
    expect((await get("/assets/index-B3xv91Qa.js")).headers.get("content-security-policy")).toBe(policy);
    expect((await get("/favicon.svg")).headers.get("content-security-policy")).toBe(policy);
  });

  test("of the worker that runs WebAssembly allow just that, by its name", async () => {
    const policy = (await get("/assets/tools.wasm-worker-a1b2c3d4.js")).headers.get(
      "content-security-policy",
    );
    expect(policy).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
    expect(
      (await get("/assets/wasm-worker-a1b2c3d4.js")).headers.get("content-security-policy"),
    ).not.toContain("wasm");
  });

  test("of the frame allow its one script, by its hash, and no network", async () => {
    const hash = createHash("sha256").update(script).digest("base64");
    expect((await get("/runtime/frame.html")).headers.get("content-security-policy")).toBe(
      `sandbox allow-scripts; default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:; worker-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    );
  });
});
