import type { Page } from "@playwright/test";
import type { LockedPackage } from "../../src/lib/locked-package.ts";

/** Everything in every database of the page's origin, as text; of binary files their names only. */
export async function dumpDatabases(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        texts.push(JSON.stringify([name, store, await done(all.getAllKeys()), await done(all.getAll())]));
      }
      database.close();
    }
    return texts.join("\n");
  });
}

/** Changes the stored document of a workflow behind the product's back: `{format, version, data}` or anything. */
export async function replaceStoredDocument(
  page: Page,
  workflowId: string,
  change: Readonly<Record<string, unknown>> | string,
): Promise<void> {
  await page.evaluate(
    async ([id, next]) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name ?? ""));
        if (database.objectStoreNames.contains("workflows")) {
          const workflows = database.transaction("workflows", "readwrite").objectStore("workflows");
          const row = await done(workflows.get(id));
          const document = typeof next === "string" ? next : { ...row.document, ...next };
          await done(workflows.put({ ...row, document }, id));
        }
        database.close();
      }
    },
    [workflowId, change] as const,
  );
}

/** From now on every write of the page fails as with a full disk, or works again. */
export async function setStorageFull(page: Page, full: boolean): Promise<void> {
  await page.evaluate((isFull) => {
    if (!Reflect.has(window, "storageIsFull")) {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
        if (Reflect.get(window, "storageIsFull") === true)
          throw new DOMException("no room", "QuotaExceededError");
        return put.apply(this, args);
      };
    }
    Object.assign(window, { storageIsFull: isFull });
  }, full);
}

/** Keeps the table of workflows busy, so that every write of the page waits; gives the way to end that. */
export async function holdWrites(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? "");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      if (!database.objectStoreNames.contains("workflows")) {
        database.close();
        continue;
      }
      const workflows = database.transaction("workflows", "readwrite").objectStore("workflows");
      const goOn = () => {
        if (Reflect.get(window, "writesMayGoOn") === true) database.close();
        // A transaction lasts as long as it is asked something.
        else workflows.count().onsuccess = goOn;
      };
      Object.assign(window, { writesMayGoOn: false });
      goOn();
    }
  });
  return () => page.evaluate(() => void Object.assign(window, { writesMayGoOn: true }));
}

/** What a workflow's next visit starts from. */
export interface KeptSnapshot {
  readonly workflowId: string;
  readonly bytes: number;
  readonly packages: readonly LockedPackage[];
}

/** The snapshots that the page has stored so far. */
export async function keptSnapshots(page: Page): Promise<readonly KeptSnapshot[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("runnel runtime"));
    const rows = await done(database.transaction("snapshots").objectStore("snapshots").getAll());
    database.close();
    return rows
      .filter(({ content }) => content)
      .map(({ workflowId, content: { memory, files, packages } }) => ({
        workflowId,
        bytes: memory.size + files.size,
        packages,
      }));
  });
}

/** Puts something else in the place of each snapshot's memory. */
export async function spoilSnapshots(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("runnel runtime"));
    const snapshots = database.transaction("snapshots", "readwrite").objectStore("snapshots");
    for (const row of await done(snapshots.getAll()))
      await done(snapshots.put({ ...row, content: { ...row.content, memory: new Blob(["no memory"]) } }));
    database.close();
  });
}
