import type { DocumentCodec } from "../lib/document-codec.ts";
import { newId } from "../lib/id.ts";
import type { Workflow } from "../workflow/index.ts";
import { createChangeHub } from "./change-hub.ts";
import { createDataStoreRecordRepository } from "./data-store-record-repository.ts";
import { createDataStoreRepository } from "./data-store-repository.ts";
import { createEventRepository, createHookTokens } from "./event-repository.ts";
import { openIndexedDbDatabase, type StorageProblem } from "./indexeddb-database.ts";
import { createKeyRepository } from "./key-repository.ts";
import { createMemoryDatabase, createMemoryDisk, type MemoryDisk } from "./memory-database.ts";
import { createNetworkPolicyRepository } from "./network-policy-repository.ts";
import { createPastRunRepository } from "./past-run-repository.ts";
import { accountCodec, resultCodec, variableCodec } from "./record-codecs.ts";
import { createRecordRepository } from "./record-repository.ts";
import type { Database } from "./tables.ts";
import type { Storage } from "./types.ts";
import { createUnsaved } from "./unsaved.ts";
import { createBrowserShelf, createMemoryShelf, type UnsavedShelf } from "./unsaved-shelf.ts";
import { createWaitingRunRepository } from "./waiting-run-repository.ts";
import { createWorkflowRepository } from "./workflow-repository.ts";

/** Everything in this browser's IndexedDB, under one database name (`runnel` unless given). */
export interface IndexedDbStorageOptions {
  readonly workflowCodec: DocumentCodec<Workflow>;
  readonly dbName?: string;
  /**
   * Told when a tab with another version of Runnel is in the way. After `outdated` the database stays open until what
   * this returns has settled: store what is unsaved.
   */
  readonly onProblem?: (problem: StorageProblem) => void | Promise<void>;
}

/**
 * Opens the storage and stores what earlier pages left unsaved.
 * @throws StorageError where the browser has no storage for this page; its message is for people.
 */
export async function openIndexedDbStorage(options: IndexedDbStorageOptions): Promise<Storage> {
  const { workflowCodec, dbName = "runnel", onProblem } = options;
  const database = await openIndexedDbDatabase({ name: dbName, onProblem });
  return assemble(database, workflowCodec, `${dbName} changes`, createBrowserShelf(`${dbName}.unsaved/`));
}

/** What several memory storages share, as the tabs of one browser do. */
export interface MemoryBrowser {
  readonly disk: MemoryDisk;
  readonly shelf: UnsavedShelf;
  readonly channel: string;
}

export function createMemoryBrowser(): MemoryBrowser {
  return { disk: createMemoryDisk(), shelf: createMemoryShelf(), channel: `memory ${newId()}` };
}

/** The in-memory twin, for tests: held to the same tests as the real one. */
export async function openMemoryStorage(options: {
  readonly workflowCodec: DocumentCodec<Workflow>;
  readonly browser?: MemoryBrowser;
}): Promise<Storage> {
  const { workflowCodec, browser = createMemoryBrowser() } = options;
  return assemble(createMemoryDatabase(browser.disk), workflowCodec, browser.channel, browser.shelf);
}

async function assemble(
  database: Database,
  codec: DocumentCodec<Workflow>,
  channel: string,
  shelf: UnsavedShelf,
): Promise<Storage> {
  const hub = createChangeHub(channel);
  const unsaved = createUnsaved({ database, codec, hub, shelf });
  await unsaved.recover();
  const results = createRecordRepository({
    database,
    hub,
    table: "results",
    codec: resultCodec,
    mayReplace: true,
  });
  return {
    workflows: createWorkflowRepository({ database, codec, hub, unsaved }),
    accounts: createRecordRepository({
      database,
      hub,
      table: "accounts",
      codec: accountCodec,
      mayReplace: false,
    }),
    variables: createRecordRepository({
      database,
      hub,
      table: "variables",
      codec: variableCodec,
      mayReplace: false,
    }),
    results: { ...results, listFor: (workflowId) => results.listWithPrefix(`${workflowId} `) },
    networkPolicies: createNetworkPolicyRepository(database, hub),
    pastRuns: createPastRunRepository(database, hub),
    events: createEventRepository(database, hub),
    hookTokens: createHookTokens(database, hub),
    dataStores: createDataStoreRepository(database, hub),
    dataStoreRecords: createDataStoreRecordRepository(database, hub),
    waitingRuns: createWaitingRunRepository(database, hub),
    keys: createKeyRepository(database),
    close() {
      hub.close();
      database.close();
    },
  };
}
