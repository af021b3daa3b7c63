// @vitest-environment node
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createPackageCache, defaultCacheDir } from "./package-cache.ts";
import { sha256 } from "./testing/index-server.ts";
import { temporaryFolder } from "./testing/page.ts";

const unlimited = Number.MAX_SAFE_INTEGER;

async function put(cache: ReturnType<typeof createPackageCache>, text: string): Promise<string> {
  const draft = await cache.draft(sha256(text));
  await draft.write(Buffer.from(text));
  await draft.commit();
  return sha256(text);
}

test("what was committed is found, by a later cache too", async () => {
  const folder = await temporaryFolder();
  const key = await put(createPackageCache(folder, unlimited), "content");
  const found = await createPackageCache(folder, unlimited).find(key);
  expect(found?.size).toBe(7);
  expect(await readFile(found?.file ?? "", "utf8")).toBe("content");
});

test("what was not committed is not found, and leaves nothing behind", async () => {
  const folder = await temporaryFolder();
  const cache = createPackageCache(folder, unlimited);
  const draft = await cache.draft(sha256("half"));
  await draft.write(Buffer.from("ha"));
  expect(await cache.find(sha256("half"))).toBeNull();
  await draft.discard();
  expect(await readdir(path.join(folder, "drafts"))).toEqual([]);
});

test("over the limit the least recently used go first", async () => {
  const folder = await temporaryFolder();
  const cache = createPackageCache(folder, 1000);
  const keys: string[] = [];
  for (const letter of "abcd") keys.push(await put(cache, letter.repeat(240)));
  const place = (key: string) => path.join(folder, "files", key.slice(0, 2), key);
  // As if they had been used one day after the other.
  for (const [day, key] of keys.entries()) await utimes(place(key), day * 86_400, day * 86_400);
  await cache.find(keys[0] ?? "");
  const added = await put(cache, "e".repeat(240));
  const kept = await Promise.all([...keys, added].map(async (key) => (await cache.find(key)) !== null));
  expect(kept).toEqual([true, false, false, true, true]);
});

describe("a disk that can't be written to", () => {
  test("means only that nothing is kept", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(file, "in the way");
    const cache = createPackageCache(file, unlimited);
    expect(await cache.find(await put(cache, "content"))).toBeNull();
  });
});

test("the default folder is the system's place for such things", () => {
  expect(defaultCacheDir({ XDG_CACHE_HOME: "/x", LOCALAPPDATA: "/x" })).toMatch(
    /^(\/x|.*Library\/Caches)\/runnel\/packages$/,
  );
  expect(defaultCacheDir({})).toMatch(/runnel.packages$/);
});
