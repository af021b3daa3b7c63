// @vitest-environment node
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256, simplePage, startTestIndex, type TestIndex } from "./testing/index-server.ts";
import {
  content,
  fileRoute,
  hashOf,
  metadata,
  problem,
  serveThing,
  simple,
  wheel,
} from "./testing/package-world.ts";
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

describe("the index", () => {
  test("is passed on with addresses of the gateway's own, and all that an installer wants to know", async () => {
    const gateway = await start();
    const page = await simple(gateway, "Thing");
    expect(page).toMatchObject({
      name: "thing",
      files: [
        {
          filename: wheel,
          hashes: { sha256: sha256(content) },
          "requires-python": ">=3.10",
          "core-metadata": { sha256: sha256(metadata) },
          size: content.length,
        },
      ],
    });
    expect(page.files[0]?.url).toMatch(
      /^\.\.\/\.\.\/files\/thing\.[\da-f]{64}\/thing-1\.0-py3-none-any\.whl$/,
    );
    expect(JSON.stringify(page)).not.toContain(String(index.port));
  });

  test("in its HTML form gives the same", async () => {
    index.answers.set("/simple/thing/", {
      headers: { "content-type": "text/html" },
      body: `<a href="../../files/${wheel}#sha256=${sha256(content)}">${wheel}</a>`,
    });
    const gateway = await start();
    expect(await hashOf(await gateway.api(await fileRoute(gateway)))).toBe(sha256(content));
  });

  test("is asked once for a while, and again after it", async () => {
    const gateway = await start();
    await simple(gateway);
    await simple(gateway);
    expect(index.asked).toEqual(["GET /simple/thing/"]);
    const hasty = await start({ limits: { indexFreshMs: 0 } });
    await simple(hasty);
    await simple(hasty);
    expect(index.asked.length).toBe(3);
  });

  test("with {package_name} in its address is asked there", async () => {
    const gateway = await start({ indexUrl: `http://127.0.0.1:${index.port}/simple/{package_name}/` });
    await simple(gateway);
    expect(index.asked).toEqual(["GET /simple/thing/"]);
  });

  test("comes from the runtime's manifest where nothing else names one", async () => {
    const runtimeDir = await temporaryFolder();
    const url = `http://127.0.0.1:${index.port}/simple`;
    const manifest = { defaultIndexUrl: url, distributionUrl: "https://x.test/", distribution: {} };
    await writeFile(path.join(runtimeDir, "manifest.json"), JSON.stringify(manifest));
    const gateway = await startTestGateway({ cacheDir, runtimeDir });
    gateways.push(gateway);
    if (process.env.PIP_INDEX_URL) return; // The machine's own setting comes first, and is not ours to ask.
    await simple(gateway);
  });
});

describe("a file", () => {
  test("comes through the cache: the second time the index isn't asked", async () => {
    const gateway = await start();
    const route = await fileRoute(gateway);
    const first = await gateway.api(route);
    expect(first.headers.get("content-length")).toBe(String(content.length));
    expect(await hashOf(first)).toBe(sha256(content));
    expect(await hashOf(await gateway.api(route))).toBe(sha256(content));
    expect(index.asked.filter((line) => line.includes("/files/"))).toEqual([`GET /files/${wheel}`]);
  });

  test("has its metadata beside it, where the index has some", async () => {
    const gateway = await start();
    const route = await fileRoute(gateway);
    expect(await (await gateway.api(`${route}.metadata`)).text()).toBe(metadata);
    index.answers.set("/simple/thing/", simplePage("thing", [{ filename: wheel, url: "x.whl", hashes: {} }]));
    const other = await start({ cacheDir: await temporaryFolder() });
    expect(await problem(await other.api(`${await fileRoute(other)}.metadata`))).toMatchObject({
      status: 404,
      code: "PackageNotFound",
    });
  });

  test("without a hash in the index is kept by its address", async () => {
    serveThing(index, {});
    const gateway = await start();
    const route = await fileRoute(gateway);
    expect(await hashOf(await gateway.api(route))).toBe(sha256(content));
    expect(await hashOf(await gateway.api(route))).toBe(sha256(content));
    expect(index.asked.filter((line) => line.includes("/files/")).length).toBe(1);
  });

  test("whose copy on disk was damaged is got again", async () => {
    const gateway = await start();
    const route = await fileRoute(gateway);
    await hashOf(await gateway.api(route));
    const copy = path.join(cacheDir, "files", sha256(content).slice(0, 2), sha256(content));
    await writeFile(copy, "damaged");
    expect(await hashOf(await gateway.api(route))).toBe(sha256(content));
    expect(sha256(await readFile(copy))).toBe(sha256(content));
  });

  test("that the index never named can't be had", async () => {
    const gateway = await start();
    await simple(gateway);
    const asked = index.asked.length;
    for (const route of [
      `files/thing.${"0".repeat(64)}/${wheel}`,
      `files/thing.${sha256(content)}/other-1.0-py3-none-any.whl`,
      `files/thing.u${"0".repeat(64)}/${wheel}`,
      `files/${sha256(content)}/${wheel}`,
      `files/thing/${wheel}`,
      `files/../${wheel}`,
      `files/thing.${sha256(content)}/..%2f..%2fetc%2fpasswd`,
      `files/http:%2f%2fevil.test%2f/${wheel}`,
    ]) {
      expect((await gateway.api(`/api/packages/${route}`)).status).toBe(404);
    }
    expect(index.asked.slice(asked).every((line) => line === "GET /simple/thing/")).toBe(true);
  });
});

describe("offline", () => {
  test("a second gateway installs what the first one has had", async () => {
    const route = await fileRoute(await start());
    const first = await start();
    await hashOf(await first.api(route));
    await hashOf(await first.api(`${route}.metadata`));
    await index.close();
    const offline = await start({ limits: { indexFreshMs: 0 } });
    expect(await fileRoute(offline)).toBe(route);
    expect(await hashOf(await offline.api(route))).toBe(sha256(content));
    expect(await (await offline.api(`${route}.metadata`)).text()).toBe(metadata);
  });

  test("a file of a locked version is found where its project is not known at all", async () => {
    const first = await start();
    const route = await fileRoute(first);
    await hashOf(await first.api(route));
    await index.close();
    await rm(path.join(cacheDir, "index"), { recursive: true });
    const offline = await start();
    expect(await hashOf(await offline.api(route))).toBe(sha256(content));
    expect((await offline.api(`${route}.metadata`)).status).toBe(502);
  });

  test("a file of a locked version is found without asking for its project first", async () => {
    const first = await start();
    const route = await fileRoute(first);
    await hashOf(await first.api(route));
    await index.close();
    const offline = await start();
    expect(await hashOf(await offline.api(route))).toBe(sha256(content));
  });

  test("what was never had is IndexUnreachable or FileUnreachable", async () => {
    const gateway = await start();
    const route = await fileRoute(gateway);
    await index.close();
    expect(await problem(await gateway.api("/api/packages/simple/other/"))).toMatchObject({
      status: 502,
      code: "IndexUnreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    expect(await problem(await gateway.api(route))).toMatchObject({ status: 502, code: "FileUnreachable" });
  });
});

describe("Pyodide's own distribution", () => {
  async function startWithDistribution(promised: string): Promise<TestGateway> {
    const runtimeDir = await temporaryFolder();
    const origin = `http://127.0.0.1:${index.port}`;
    index.answers.set("/full/numpy.whl", { body: content });
    index.answers.set("/full/secret.txt", { body: "not listed" });
    const manifest = {
      defaultIndexUrl: `${origin}/simple`,
      distributionUrl: `${origin}/full/`,
      distribution: { "numpy.whl": promised },
    };
    await writeFile(path.join(runtimeDir, "manifest.json"), JSON.stringify(manifest));
    return start({ runtimeDir });
  }

  test("is checked against the hash of the runtime's manifest, and kept", async () => {
    const gateway = await startWithDistribution(sha256(content));
    expect(await hashOf(await gateway.api("/api/packages/distribution/numpy.whl"))).toBe(sha256(content));
    await index.close();
    expect(await hashOf(await gateway.api("/api/packages/distribution/numpy.whl"))).toBe(sha256(content));
  });

  test("is refused where it differs, and where it isn't listed", async () => {
    const gateway = await startWithDistribution(sha256("other"));
    await expect((await gateway.api("/api/packages/distribution/numpy.whl")).arrayBuffer()).rejects.toThrow();
    expect(await problem(await gateway.api("/api/packages/distribution/numpy.whl"))).toMatchObject({
      code: "HashMismatch",
    });
    for (const name of ["secret.txt", "..%2fsimple%2fthing%2f", "constructor", "__proto__"]) {
      expect(await problem(await gateway.api(`/api/packages/distribution/${name}`))).toMatchObject({
        code: "PackageNotFound",
      });
    }
  });
});
