// @vitest-environment node
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256, simplePage, startTestIndex, type TestIndex } from "./testing/index-server.ts";
import { content, fileRoute, hashOf, problem, serveThing, simple, wheel } from "./testing/package-world.ts";
import type { TestGateway } from "./testing/page.ts";
import { startTestGateway, temporaryFolder } from "./testing/page.ts";
import { closeServers } from "./testing/servers.ts";

let index: TestIndex;
let gateways: TestGateway[] = [];
let cacheDir: string;

beforeEach(async () => {
  cacheDir = await temporaryFolder();
  index = await startTestIndex();
  serveThing(index, { sha256: sha256(content) });
});
afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  gateways = [];
  await closeServers();
});

async function start(options: Parameters<typeof startTestGateway>[0] = {}): Promise<TestGateway> {
  const indexUrl = `http://127.0.0.1:${index.port}/simple`;
  const gateway = await startTestGateway({ indexUrl, cacheDir, ...options });
  gateways.push(gateway);
  return gateway;
}

describe("what is wrong is told apart:", () => {
  test("a package that the index doesn't have", async () => {
    const gateway = await start();
    expect(await problem(await gateway.api("/api/packages/simple/nothing-here/"))).toMatchObject({
      status: 404,
      code: "PackageNotFound",
      message: expect.stringContaining("nothing-here"),
    });
    expect(await problem(await gateway.api("/api/packages/simple/-not-a-name/"))).toMatchObject({
      status: 404,
    });
    expect(index.asked).toEqual(["GET /simple/nothing-here/"]);
  });

  test.each([500, 503, 429, 401, 403])("an index that answers %i", async (status) => {
    index.answers.set("/simple/thing/", { status, body: "no" });
    const gateway = await start();
    const told = await problem(await gateway.api("/api/packages/simple/thing/"));
    expect(told).toMatchObject({
      status: 502,
      code: "IndexUnreachable",
      message: expect.stringContaining(`${status}`),
    });
  });

  test.each([
    ["application/json", "{"],
    ["application/json", "{}"],
  ])("an index that answers nonsense (%s)", async (type, body) => {
    index.answers.set("/simple/thing/", { headers: { "content-type": type }, body });
    const gateway = await start();
    expect(await problem(await gateway.api("/api/packages/simple/thing/"))).toMatchObject({
      code: "IndexUnreachable",
    });
  });

  test("a file that its server doesn't have", async () => {
    index.answers.delete(`/files/${wheel}`);
    const gateway = await start();
    expect(await problem(await gateway.api(await fileRoute(gateway)))).toMatchObject({
      code: "FileUnreachable",
      message: expect.stringContaining("404"),
    });
  });

  test("a small file with another content than promised", async () => {
    index.answers.set(`/files/${wheel}`, { body: "something else" });
    const gateway = await start();
    const route = await fileRoute(gateway);
    expect(await problem(await gateway.api(route))).toMatchObject({ status: 502, code: "HashMismatch" });
    index.answers.set(`/files/${wheel}`, { body: content });
    expect((await gateway.api(route)).status).toBe(200);
  });

  test("a large one: its answer breaks off before the end, and the next one says why", async () => {
    const wrong = Buffer.from(content);
    wrong[0] = (wrong[0] ?? 0) ^ 1;
    index.answers.set(`/files/${wheel}`, { body: wrong });
    const gateway = await start();
    const route = await fileRoute(gateway);
    const response = await gateway.api(route);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(await problem(await gateway.api(route))).toMatchObject({ status: 502, code: "HashMismatch" });
    expect(await readdir(path.join(cacheDir, "drafts"))).toEqual([]);
  });

  test("a file that is cut short, small or large", async () => {
    const gateway = await start();
    const route = await fileRoute(gateway);
    index.answers.set(`/files/${wheel}`, { body: "short", cut: true });
    expect(await problem(await gateway.api(route))).toMatchObject({ code: "FileUnreachable" });
    index.answers.set(`/files/${wheel}`, { body: content, cut: true });
    await expect((await gateway.api(route)).arrayBuffer()).rejects.toThrow();
    index.answers.set(`/files/${wheel}`, { body: content });
    expect(await hashOf(await gateway.api(route))).toBe(sha256(content));
  });
});

describe("a password in the index's address", () => {
  const login = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;

  test("goes to the index, and to files on the same server", async () => {
    const gateway = await start({ indexUrl: `http://me:p%40ss@127.0.0.1:${index.port}/simple` });
    await hashOf(await gateway.api(await fileRoute(gateway)));
    expect(index.authorizations).toEqual([login, login]);
  });

  test("goes to no other server, not even through a redirect, and is told to nobody", async () => {
    const other = await startTestIndex();
    other.answers.set(`/files/${wheel}`, { body: content });
    const file = { filename: wheel, url: `http://127.0.0.1:${other.port}/files/${wheel}`, hashes: {} };
    other.answers.set("/simple/thing/", simplePage("thing", [file]));
    index.answers.set("/simple/thing/", {
      status: 302,
      headers: { location: `http://127.0.0.1:${other.port}/simple/thing/` },
      body: "",
    });
    const gateway = await start({ indexUrl: `http://me:p%40ss@127.0.0.1:${index.port}/simple` });
    const page = JSON.stringify(await simple(gateway));
    await hashOf(await gateway.api(await fileRoute(gateway)));
    expect(other.authorizations).toEqual([undefined, undefined]);
    index.answers.clear();
    await index.close();
    const told = await (await gateway.api("/api/packages/simple/other/")).text();
    const kept = (await readdir(cacheDir, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const texts = await Promise.all(
      kept.map((entry) => readFile(path.join(entry.parentPath, entry.name), "latin1")),
    );
    for (const text of [page, told, ...texts]) expect(text).not.toMatch(/p@ss|p%40ss/);
  });
});
