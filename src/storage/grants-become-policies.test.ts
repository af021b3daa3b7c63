import "fake-indexeddb/auto";
import { IDBFactory as FakeFactory, IDBObjectStore as FakeObjectStore } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { workflowCodec } from "../workflow/index.ts";
import fixture from "./fixtures/database-v1.json" with { type: "json" };
import { openIndexedDbStorage } from "./open-storage.ts";

const OLD_TABLES = ["workflows", "accounts", "variables", "results", "network-grants", "keys", "blobs"];

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new FakeFactory());
  const old = await openDB("runnel", 1, {
    upgrade(database) {
      for (const table of OLD_TABLES) database.createObjectStore(table);
    },
  });
  for (const [table, rows] of Object.entries(fixture))
    for (const { key, value } of rows) await old.put(table, value, key);
  old.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = () => openIndexedDbStorage({ workflowCodec });
const line = { decision: "allow", by: "person", lastUsedAt: null };

test("answers that version 1 remembered are lines of their workflow's policy; everything else stays", async () => {
  const storage = await open();
  expect(await storage.networkPolicies.get("w1")).toEqual({
    id: "w1",
    trusted: true,
    hosts: [
      { ...line, host: "127.0.0.1", port: 8080, range: "loopback" },
      { ...line, host: "nas.local", port: 445, range: "private" },
    ],
    secrets: [],
  });
  expect(await storage.networkPolicies.get("w2")).toMatchObject({
    hosts: [{ ...line, host: "::1", port: 5432, range: "loopback" }],
  });
  expect(await storage.networkPolicies.get("w3")).toBeNull();
  expect(await storage.variables.list()).toMatchObject([{ id: "KEY" }]);
  storage.close();
  const now = await openDB("runnel");
  expect([...now.objectStoreNames]).not.toContain("network-grants");
  now.close();
});

test("where that fails nothing is changed, and the next start does it", async () => {
  const full = vi.spyOn(FakeObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no", "QuotaExceededError");
  });
  await expect(open()).rejects.toMatchObject({ name: "StorageError" });
  full.mockRestore();
  const storage = await open();
  expect((await storage.networkPolicies.get("w1"))?.hosts).toHaveLength(2);
  storage.close();
});
