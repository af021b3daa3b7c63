/** Tables of the database. Keys are strings and stand beside the values, not in them. */
export const TABLES = [
  /** Workflow id → `StoredRow`. */
  "workflows",
  /** Account id → envelope. */
  "accounts",
  /** Name of an environment variable → envelope. */
  "variables",
  /** `${workflowId} ${stepId}` → envelope. */
  "results",
  /** Workflow id → envelope. */
  "networkPolicies",
  /** `${workflowId} ${runId}` → envelope: what the list of past runs shows. */
  "runs",
  /** The same key → envelope: logs and exports of a past run, read when it is opened. */
  "runContents",
  /** `${workflowId} ${runId}` → envelope: runs that wait for a time or an answer. */
  "waitingRuns",
  /** `${workflowId} ${eventId}` → envelope: earlier events of the trigger. */
  "events",
  /** Workflow id → envelope: the address that its HTTP trigger has at the gateway. */
  "hooks",
  /** Data store id → envelope: its name. */
  "dataStores",
  /** `${dataStoreId} ${key}` → envelope; `${dataStoreId}!${time} ${key}` → 1 for each that expires, by the time when it does. */
  "dataStoreRecords",
  /** One entry: the vault's key. */
  "keys",
] as const;

export type TableName = (typeof TABLES)[number];

/** Keys from `from` up to `to`, which is not among them. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** One table within a transaction. */
export interface Table {
  get(key: string): Promise<unknown>;
  /** All entries whose key begins with `prefix`, in the order of their keys. */
  entries(prefix?: string): Promise<readonly (readonly [key: string, value: unknown])[]>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  clear(): Promise<void>;
  /** The first `limit` entries of a range, in the order of their keys. */
  page(range: KeyRange, limit: number): Promise<readonly (readonly [key: string, value: unknown])[]>;
  /** As `page`, without the values. */
  keys(range: KeyRange, limit: number): Promise<readonly string[]>;
  count(range: KeyRange): Promise<number>;
  deleteRange(range: KeyRange): Promise<void>;
}

/** What the repositories stand on: IndexedDB, or memory in tests. */
export interface Database {
  /**
   * Runs `work` in one transaction over `tables`: when it throws, nothing of it is written. `work` may wait for its
   * tables only, never for anything else. @throws StorageError
   */
  transaction<T>(
    tables: readonly TableName[],
    mode: "readonly" | "readwrite",
    work: (table: (name: TableName) => Table) => Promise<T>,
  ): Promise<T>;
  close(): void;
}
