/** The room's face: everything that is kept in this browser. */
export type { StorageProblem } from "./indexeddb-database.ts";
export {
  createMemoryBrowser,
  type IndexedDbStorageOptions,
  type MemoryBrowser,
  openIndexedDbStorage,
  openMemoryStorage,
} from "./open-storage.ts";
export type {
  BlobRepository,
  DataStoreRecordRepository,
  DataStoreRepository,
  KeyRepository,
  LoadedWorkflow,
  NetworkPolicyRepository,
  RecordRepository,
  SaveResult,
  Storage,
  WorkflowRepository,
  WorkflowSummary,
} from "./types.ts";
