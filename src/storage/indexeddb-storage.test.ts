import "fake-indexeddb/auto";
import { IDBFactory as FakeFactory, IDBObjectStore as FakeObjectStore } from "fake-indexeddb";
import { type IDBPDatabase, openDB } from "idb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newWorkflow, setName, workflowCodec } from "../workflow/index.ts";
import { openIndexedDbDatabase, type StorageProblem } from "./indexeddb-database.ts";
import { openIndexedDbStorage } from "./open-storage.ts";
import { testStorage } from "./suite/index.ts";
import { createBrowserShelf } from "./unsaved-shelf.ts";

/** `localStorage` as browsers have it: items are properties of the object. */
class FakeLocalStorage {
  [key: string]: unknown;
  getItem(key: string) {
    return this[key] ?? null;
  }
  setItem(key: string, text: string) {
    this[key] = text;
  }
  removeItem(key: string) {
    delete this[key];
  }
}

let connections: IDBPDatabase[] = [];
let count = 0;
let dbName = "";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new FakeFactory());
  vi.stubGlobal("localStorage", new FakeLocalStorage());
  count += 1;
  dbName = `test ${count}`;
});
afterEach(() => {
  for (const connection of connections) connection.close();
  connections = [];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const openTab = (onProblem?: (problem: StorageProblem) => void | Promise<void>) =>
  openIndexedDbStorage({ workflowCodec, dbName, ...(onProblem && { onProblem }) });

describe("storage in IndexedDB", () => {
  testStorage(workflowCodec, async () => {
    const raw = async () => {
      const database = await openDB(dbName);
      connections.push(database);
      return database;
    };
    return {
      openTab,
      plant: async (table, key, value) => void (await (await raw()).put(table, value, key)),
      peek: async (table, key) => (await raw()).get(table, key),
      shelf: createBrowserShelf(`${dbName}.unsaved/`),
    };
  });
});

describe("failures", () => {
  const workflow = newWorkflow({ name: "W" });

  test.each([
    ["QuotaExceededError", "quota", "full"],
    ["InvalidStateError", "unavailable", "connection"],
    ["DataCloneError", "unknown", "failed"],
  ])("%s while writing is told as %s, and nothing is half written", async (name, reason, message) => {
    const storage = await openTab();
    await storage.workflows.save(workflow, 0);
    vi.spyOn(FakeObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no", name);
    });
    const result = await storage.workflows.save(setName(workflow, "New"), 1);
    expect(result).toMatchObject({ kind: "failed", reason, message: expect.stringContaining(message) });
    vi.restoreAllMocks();
    expect(await storage.workflows.load(workflow.id)).toEqual({ kind: "ok", workflow, revision: 1 });
    expect(await storage.workflows.save(setName(workflow, "New"), 1)).toEqual({ kind: "saved", revision: 2 });
    storage.close();
  });

  test("a quota that shows only when the transaction ends is told as well", async () => {
    const storage = await openTab();
    const put = FakeObjectStore.prototype.put;
    vi.spyOn(FakeObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...values) {
      const request = put.apply(this, values);
      request.addEventListener("success", () => {
        // How a browser ends a transaction that it finds no room for.
        Object.defineProperty(this.transaction, "error", {
          value: new DOMException("", "QuotaExceededError"),
        });
        this.transaction.abort();
      });
      return request;
    });
    expect(await storage.workflows.save(workflow, 0)).toMatchObject({ kind: "failed", reason: "quota" });
    storage.close();
  });

  test("what was put aside survives a storage that is full", async () => {
    const storage = await openTab();
    storage.workflows.keepUnsaved(workflow, 0);
    storage.close();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const full = vi.spyOn(FakeObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no", "QuotaExceededError");
    });
    (await openTab()).close();
    expect(warn).toHaveBeenCalledOnce();
    full.mockRestore();
    const later = await openTab();
    expect(await later.workflows.load(workflow.id)).toMatchObject({ kind: "ok", workflow });
    later.close();
  });

  test("without localStorage nothing can be put aside, and that is told", async () => {
    const storage = await openTab();
    vi.stubGlobal("localStorage", undefined);
    expect(storage.workflows.keepUnsaved(workflow, 0)).toBe(false);
    storage.workflows.dropUnsaved(workflow.id);
    storage.close();
  });

  test("a browser without IndexedDB is told in a sentence", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await expect(openTab()).rejects.toMatchObject({
      name: "StorageError",
      reason: "unavailable",
      message: expect.stringContaining("no IndexedDB"),
    });
  });

  test.each(["SecurityError", "InvalidStateError", "UnknownError"])(
    "so is one that refuses with %s",
    async (name) => {
      vi.spyOn(indexedDB, "open").mockImplementation(() => {
        throw new DOMException("no", name);
      });
      await expect(openTab()).rejects.toMatchObject({
        name: "StorageError",
        message: expect.stringMatching(/browser/),
      });
    },
  );
});

describe("another version of Runnel", () => {
  const workflow = newWorkflow({ name: "W" });

  test("takes over only after what is unsaved was stored; later writes say why they fail", async () => {
    const problems: StorageProblem[] = [];
    const storage = await openTab(async (problem) => {
      problems.push(problem);
      await storage.workflows.save(workflow, 0);
    });
    const upgraded = await openDB(dbName, 9);
    connections.push(upgraded);
    expect(problems).toMatchObject([{ kind: "outdated", message: expect.stringContaining("Reload") }]);
    expect(await upgraded.count("workflows")).toBe(1);
    expect(await storage.workflows.save(setName(workflow, "New"), 1)).toMatchObject({
      kind: "failed",
      reason: "unavailable",
      message: expect.stringContaining("Reload"),
    });
    await expect(storage.workflows.list()).rejects.toMatchObject({ reason: "unavailable" });
  });

  test("that is older and stays open is told, and the start goes on when it is closed", async () => {
    const older = await openDB(dbName, 1);
    const problems: StorageProblem[] = [];
    const opening = openIndexedDbDatabase({
      name: dbName,
      onProblem: (problem) => void problems.push(problem),
      upgrades: [() => {}, (database) => void database.createObjectStore("workflows")],
    });
    await vi.waitFor(() => expect(problems).toMatchObject([{ kind: "blocked" }]));
    older.close();
    const database = await opening;
    const rows = await database.transaction(["workflows"], "readonly", (table) =>
      table("workflows").entries(),
    );
    expect(rows).toEqual([]);
    database.close();
  });

  test("left a database that is brought up step by step, with what is in it", async () => {
    const name = dbName;
    const first = await openIndexedDbDatabase({
      name,
      upgrades: [(database) => void database.createObjectStore("workflows")],
    });
    await first.transaction(["workflows"], "readwrite", (table) => table("workflows").put("a", 1));
    first.close();
    const steps: number[] = [];
    const upgrades = [
      () => void steps.push(1),
      (database: IDBPDatabase) => {
        steps.push(2);
        database.createObjectStore("accounts");
      },
      () => void steps.push(3),
    ];
    const third = await openIndexedDbDatabase({ name, upgrades });
    expect(steps).toEqual([2, 3]);
    expect(
      await third.transaction(["workflows", "accounts"], "readonly", (table) => table("workflows").get("a")),
    ).toBe(1);
    third.close();
  });

  test("that is newer makes this one refuse to start", async () => {
    connections.push(await openDB(dbName, 7));
    await expect(openTab()).rejects.toMatchObject({
      reason: "unavailable",
      message: expect.stringContaining("newer version"),
    });
  });
});
