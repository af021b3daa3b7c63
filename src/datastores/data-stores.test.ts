// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryBrowser, openMemoryStorage, type Storage } from "../storage/index.ts";
import { workflowCodec } from "../workflow/index.ts";
import { dataStoreForRun } from "./data-store-for-run.ts";
import { createDataStoreList } from "./data-store-list.ts";
import { expiryText } from "./expiry-text.ts";
import { exportRecords } from "./export-records.ts";
import { planImport, runImport } from "./import-records.ts";
import { readImport } from "./read-import.ts";
import { readRecord, shownRecord } from "./record-text.ts";

let tabs: Storage[] = [];
let storage: Storage;
const browser = createMemoryBrowser();
const openTab = async () => {
  const tab = await openMemoryStorage({ workflowCodec, browser });
  tabs.push(tab);
  return tab;
};
beforeEach(async () => {
  storage = await openTab();
});
afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
});

test("a step's access reads and writes what is stored now, in the store of its id only", async () => {
  const { dataStores, dataStoreRecords: records } = storage;
  const [mine, other] = [await dataStores.create("Mine"), await dataStores.create("Other")];
  const access = await dataStoreForRun(dataStores, records, mine.id);
  if (!access) throw new Error("no access");
  await access.write([{ kind: "set", key: "a", json: '{"n": 1}', expiresAt: null }]);
  expect([access.name, await access.get("a"), await access.get("b"), await access.count()]).toEqual([
    "Mine",
    '{"n": 1}',
    null,
    1,
  ]);
  expect(await access.items(null, 10)).toEqual({ items: [["a", '{"n": 1}']], next: null });
  expect([await access.setExpiry("a", 1), await access.keys(null, 10)]).toEqual([true, []]);
  expect(await records.count(other.id)).toBe(0);
  await dataStores.delete(mine.id);
  await expect(access.write([{ kind: "clear" }])).rejects.toThrow("deleted");
  expect(await dataStoreForRun(dataStores, records, mine.id)).toBeNull();
});

test("the list follows other tabs", async () => {
  const list = createDataStoreList(storage.dataStores);
  const tab = await openTab();
  const made = await tab.dataStores.create("From another tab");
  await vi.waitFor(() =>
    expect(list.getState().stores.map(({ name }) => name)).toContain("From another tab"),
  );
  await tab.dataStores.rename(made.id, "Renamed");
  await vi.waitFor(() => expect(list.getState().stores.map(({ name }) => name)).toContain("Renamed"));
});

test("what was exported is imported to the letter; an import knows what it would overwrite", async () => {
  const { dataStores, dataStoreRecords: records } = storage;
  const [from, to] = [await dataStores.create("From"), await dataStores.create("To")];
  const later = Date.UTC(2200, 0, 1);
  const all = Array.from({ length: 1203 }, (_, n) => ({
    kind: "set" as const,
    key: `"${n}"\n`,
    json: `{"id":1234567890123456789${n},"one":1.0}`,
    expiresAt: n % 2 === 0 ? null : later,
  }));
  await records.write(from.id, all);
  const text = await (await exportRecords(records, from.id)).text();
  const read = readImport(text, "from.json");
  if (!read.ok) throw new Error(read.error.message);
  await records.write(to.id, [
    ...all.slice(0, 2),
    { kind: "set", key: '"5"\n', json: "5", expiresAt: later },
  ]);
  const plan = await planImport(records, to.id, read.value);
  expect(plan).toMatchObject({ replaced: ['"5"\n'], same: 2 });
  await runImport(records, to.id, plan.records);
  expect(await (await exportRecords(records, to.id)).text()).toBe(text);
  await dataStores.delete(to.id);
  await expect(runImport(records, to.id, plan.records)).rejects.toThrow("0 of 1203 records were stored");
});

describe("a record that is typed", () => {
  const now = 1_000_000;
  const typed = (key: string, json: string, expires = "") => readRecord({ key, json, expires }, now);

  test("is taken as it is", () => {
    expect(typed("a", ' {"n": 1.0}\n', "60")).toEqual({
      ok: true,
      value: { key: "a", json: '{"n": 1.0}', expiresAt: now + 60_000 },
    });
    const record = { key: "a", json: '{"n":[1.0]}', expiresAt: now + 1500, updatedAt: 0 };
    expect(shownRecord(record, now)).toEqual({
      key: "a",
      json: '{\n  "n": [\n    1.0\n  ]\n}',
      expires: "2",
    });
  });

  test.each([
    ["key", typed("", "1"), "a key"],
    ["key", typed("x".repeat(1025), "1"), "at most 1024"],
    ["key", typed("\ud800", "1"), "half a character"],
    ["json", typed("a", " "), "Write a value"],
    ["json", typed("a", "{'n': 1}"), "line 1"],
    ["expires", typed("a", "1", "-1"), "above 0"],
    ["expires", typed("a", "1", "soon"), "above 0"],
  ] as const)("with a wrong %s is told what is wrong", (field, read, message) => {
    expect(read.ok ? "" : read.error[field]).toContain(message);
  });
});

test("an expiry is told by how near it is", () => {
  const after = (ms: number) => expiryText(ms, 0);
  expect([after(5000), after(600_000), after(7_200_000), after(40 * 86_400_000)]).toEqual([
    "in 5.0 s",
    "in 10 min",
    "in 2 h",
    "Feb 10, 1970",
  ]);
});
