import type { DataStore, DataStoreRecord } from "../datastores/index.ts";
import type { DataStoreChange } from "../lib/data-store-change.ts";
import type { LockedPackage } from "../lib/locked-package.ts";
import type {
  NetworkPolicyRecord,
  PastRunRepository,
  StepResultRecord,
  WaitingRunRepository,
} from "../runs/index.ts";
import type { EventRepository, HookTokens } from "../triggers/index.ts";
import type { SealedAccount, SealedVariable } from "../vault/index.ts";
import type { Workflow } from "../workflow/index.ts";

/** A row of the list of workflows. Times are milliseconds since the epoch. */
export interface WorkflowSummary {
  readonly id: string;
  readonly name: string;
  readonly stepCount: number;
  /** Slugs of the attached apps, each once, in order of first use. */
  readonly apps: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Why it can't be opened for editing, or null. */
  readonly problem: "newer-version" | "corrupt" | null;
}

/** What opening a workflow finds. */
export type LoadedWorkflow =
  | { readonly kind: "ok"; readonly workflow: Workflow; readonly revision: number }
  | { readonly kind: "missing" }
  /** Written by a later version of Runnel: shown read-only if it can be read at all, never overwritten. */
  | {
      readonly kind: "newer-version";
      readonly version: number;
      readonly workflow: Workflow | null;
      readonly raw: string;
    }
  /** Can't be read: kept aside as it is, offered for download, never overwritten. */
  | { readonly kind: "corrupt"; readonly message: string; readonly raw: string };

export type SaveResult =
  | { readonly kind: "saved"; readonly revision: number }
  /** Another tab has saved since `expectedRevision`: nothing was written. */
  | { readonly kind: "conflict"; readonly revision: number; readonly workflow: Workflow }
  | {
      readonly kind: "failed";
      /** `deleted`: another tab has deleted it; `read-only`: what is stored must not be overwritten. */
      readonly reason: "quota" | "unavailable" | "read-only" | "deleted" | "unknown";
      readonly message: string;
    };

export interface WorkflowRepository {
  /** The one that was changed last comes first. Rejects with a `StorageError`, as `load`, `delete` and `restore` do. */
  list(): Promise<readonly WorkflowSummary[]>;
  load(id: string): Promise<LoadedWorkflow>;
  /** Writes only where the stored revision is `expectedRevision` (0: not stored yet), in one transaction. */
  save(workflow: Workflow, expectedRevision: number): Promise<SaveResult>;
  /**
   * Puts a document aside that may not be stored in time, at once and without waiting for anything; for a page that goes
   * away. The next `openStorage` stores it: in place of the revision it is based on, or as a workflow of its own
   * (`NAME (recovered)`) where something else has been stored since. False where it could not be put aside.
   */
  keepUnsaved(workflow: Workflow, baseRevision: number): boolean;
  /** Forgets what `keepUnsaved` put aside: it is stored by now, or given up. */
  dropUnsaved(id: string): void;
  /** Removes the workflow, its results and its network permissions. */
  delete(id: string): Promise<void>;
  /** Puts back what `delete` removed in this page, for undo. */
  restore(id: string): Promise<void>;
  /** Calls back when another tab (or this one) has saved, deleted or restored a workflow. Returns the way to unsubscribe. */
  onChange(
    listener: (change: {
      readonly id: string;
      readonly revision: number | null;
      readonly here: boolean;
    }) => void,
  ): () => void;
}

/**
 * Keyed records of one kind; the sealed ones hold secrets as ciphertext only. Records that can't be read (written by a
 * newer version, or damaged) are not listed, and stay as they are. Methods reject with a `StorageError`.
 */
export interface RecordRepository<T extends { readonly id: string }> {
  list(): Promise<readonly T[]>;
  get(id: string): Promise<T | null>;
  put(record: T): Promise<void>;
  delete(id: string): Promise<void>;
  onChange(listener: () => void): () => void;
}

/** The vault's key, non-extractable; made once. */
export interface KeyRepository {
  get(): Promise<CryptoKey | null>;
  /** Stores the key unless there is one already, in one transaction: the first one stays. */
  put(key: CryptoKey): Promise<void>;
}

/** What each workflow may do on the network, by workflow id. Methods reject with a `StorageError`. */
export interface NetworkPolicyRepository {
  /** Null where none is stored. Rejects where what is stored can't be read: that it is there may not be missed. */
  get(id: string): Promise<NetworkPolicyRecord | null>;
  /** Changes what is stored, in one transaction, and gives what is stored then. */
  update(
    id: string,
    change: (stored: NetworkPolicyRecord | null) => NetworkPolicyRecord,
  ): Promise<NetworkPolicyRecord>;
  /** Ids of the workflows that are not trusted, or whose policy can't be read. */
  untrusted(): Promise<ReadonlySet<string>>;
  /** Calls back with the id of what was changed, here or in another tab. Returns the way to unsubscribe. */
  onChange(listener: (id: string) => void): () => void;
}

/** Runs that wait, of all workflows. */
export interface WaitingRuns extends WaitingRunRepository {
  /** How many of each workflow wait; those without any are left out. */
  counts(): Promise<ReadonlyMap<string, number>>;
}

/** Large immutable files of the runtime, kept as Blobs under one version. */
export interface BlobRepository {
  /** The blobs of `names` where all are stored under `version`, else null. */
  get(version: string, names: readonly string[]): Promise<ReadonlyMap<string, Blob> | null>;
  /** Replaces everything stored by these. */
  put(version: string, blobs: ReadonlyMap<string, Blob>): Promise<void>;
}

/** What the next visit of a workflow starts Python from: its packages are there and imported. */
export interface WorkflowSnapshot {
  /** Of all that it was made from: packages, imports. */
  readonly key: string;
  /** Null: nothing of this workflow can be kept. */
  readonly content: {
    readonly memory: Blob;
    readonly files: Blob;
    readonly packages: readonly LockedPackage[];
  } | null;
}

/** One for each workflow that was run of late. `build`: of the runtime and the browser, which alone can use it. */
export interface WorkflowSnapshotRepository {
  get(workflowId: string, build: string): Promise<WorkflowSnapshot | null>;
  /** It is used: others go first when there are too many. */
  touch(workflowId: string): Promise<void>;
  /** Those of other builds go, and the oldest where there are too many. */
  put(workflowId: string, build: string, snapshot: WorkflowSnapshot): Promise<void>;
  delete(workflowId: string): Promise<void>;
}

/** Data stores, without their records. Methods reject with a `StorageError`. */
export interface DataStoreRepository {
  /** By name. Those that can't be read are left out, and stay as they are. */
  list(): Promise<readonly DataStore[]>;
  get(id: string): Promise<DataStore | null>;
  /** Rejects where another one has the name. */
  create(name: string): Promise<DataStore>;
  /** Rejects where another one has the name, and where the store has been deleted. */
  rename(id: string, name: string): Promise<void>;
  /** Deletes the store with all of its records. */
  delete(id: string): Promise<void>;
  onChange(listener: () => void): () => void;
}

/**
 * Records of the data stores, by store and key; each is a row of its own, so that tabs never overwrite each other's. What has expired
 * is there for nobody, and is removed when it is come upon. In the order of UTF-16 code units. Methods reject with a `StorageError`.
 */
export interface DataStoreRecordRepository {
  /** Null for each that isn't there. */
  get(store: string, keys: readonly string[]): Promise<readonly (DataStoreRecord | null)[]>;
  /** The first `limit` keys behind `after` (null: from the beginning); fewer only at the end. */
  keys(store: string, after: string | null, limit: number): Promise<readonly string[]>;
  /** As `keys` with their records. `next`: what to go on after; null at the end. */
  page(
    store: string,
    after: string | null,
    limit: number,
  ): Promise<{ readonly records: readonly DataStoreRecord[]; readonly next: string | null }>;
  count(store: string): Promise<number>;
  /** Makes all of these changes in their order, or none. Rejects where the store has been deleted. */
  write(store: string, changes: readonly DataStoreChange[]): Promise<void>;
  /** When a record is gone (milliseconds since the epoch; null: never). False where there is none. */
  setExpiry(store: string, key: string, expiresAt: number | null): Promise<boolean>;
  /** Calls back with the store whose records have changed, here or in another tab. */
  onChange(listener: (store: string) => void): () => void;
}

/** One interface over IndexedDB and its in-memory twin for tests. */
export interface Storage {
  readonly workflows: WorkflowRepository;
  readonly accounts: RecordRepository<SealedAccount>;
  readonly variables: RecordRepository<SealedVariable>;
  readonly keys: KeyRepository;
  /** Last result of each step; id is `${workflowId} ${stepId}`. */
  readonly results: RecordRepository<StepResultRecord> & {
    listFor(workflowId: string): Promise<readonly StepResultRecord[]>;
  };
  readonly networkPolicies: NetworkPolicyRepository;
  /** The last runs of each workflow. */
  readonly pastRuns: PastRunRepository;
  /** Earlier events of each workflow's trigger. */
  readonly events: EventRepository;
  readonly hookTokens: HookTokens;
  readonly dataStores: DataStoreRepository;
  readonly dataStoreRecords: DataStoreRecordRepository;
  readonly waitingRuns: WaitingRuns;
  /** Ends the connection; nothing can be read or stored any more. */
  close(): void;
}
