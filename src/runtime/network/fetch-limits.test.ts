import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FetchWorld, head, openFetchWorld, streamOf } from "./testing/fetch-world.ts";

let world: FetchWorld;
beforeEach(() => {
  world = openFetchWorld();
});
afterEach(() => world.close());

describe("packages", () => {
  test("come from the gateway's own routes, with any status", async () => {
    world.packages.mockImplementation(async (path) =>
      path === "simple/x/"
        ? new Response("{}", { headers: { "content-type": "application/json" } })
        : Response.json({ error: "none" }, { status: 404 }),
    );
    const found = await world.fetch("http://packages.invalid/simple/x/");
    expect([found.status, await found.json(), found.url]).toEqual([
      200,
      {},
      "http://packages.invalid/simple/x/",
    ]);
    const missing = await world.fetch("http://packages.invalid/simple/y/");
    expect([missing.status, await missing.json()]).toEqual([404, { error: "none" }]);
    expect(world.records).toHaveLength(0);
  });

  test("no path leads out of those routes", async () => {
    world.packages.mockImplementation(async () => new Response(""));
    await world.fetch("http://packages.invalid/../../api/fetch");
    await world.fetch("http://packages.invalid/a/%2e%2e/%2e%2e/b");
    expect(world.packages.mock.calls.map(([path]) => path)).toEqual(["api/fetch", "b"]);
  });

  test("are only read", async () => {
    await expect(world.fetch("http://packages.invalid/x", { method: "POST" })).rejects.toThrow(TypeError);
  });
});

describe("a hostile worker", () => {
  test.each([
    "text",
    null,
    { type: "request" },
    {
      type: "request",
      id: 1,
      url: "http://a/",
      method: "G E T",
      headers: [],
      redirect: "follow",
      body: null,
    },
    { type: "request", id: 1, url: "http://a/", method: "GET", headers: "x", redirect: "follow", body: null },
    {
      type: "request",
      id: 1,
      url: "x".repeat(20_000),
      method: "GET",
      headers: [],
      redirect: "follow",
      body: null,
    },
    { type: "request", id: -1, url: "http://a/", method: "GET", headers: [], redirect: "follow", body: null },
    {
      type: "request",
      id: 1,
      url: "http://a/",
      method: "GET",
      headers: [["a", "b".repeat(40_000)]],
      redirect: "follow",
      body: null,
    },
    { type: "taken", id: 1, bytes: -5 },
  ])("%j is ignored", async (message) => {
    world.answer.mockResolvedValue({ head: head(200), body: streamOf("ok") });
    world.channel.port2.postMessage(message);
    await (await world.fetch("http://api.example/")).text();
    expect(world.answer).toHaveBeenCalledTimes(1);
  });

  test("bodies beyond what the page will hold fail", async () => {
    world.answer.mockImplementation(() => new Promise(() => {}));
    const body = new Uint8Array(100 * 1024 * 1024);
    for (let i = 0; i < 2; i++) world.fetch("http://api.example/", { method: "POST", body }).catch(() => {});
    await expect(world.fetch("http://api.example/", { method: "POST", body })).rejects.toThrow(/too large/);
  });

  test("requests beyond the limit fail", async () => {
    world.answer.mockImplementation(() => new Promise(() => {}));
    for (let i = 0; i < 64; i++) world.fetch("http://api.example/").catch(() => {});
    await expect(world.fetch("http://api.example/")).rejects.toThrow(/64 requests/);
  });
});
