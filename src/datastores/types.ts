/** A data store: records by key, shared by all workflows of this browser. */
export interface DataStore {
  readonly id: string;
  /** Unique, whatever its case. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** One record of a data store. */
export interface DataStoreRecord {
  readonly key: string;
  /** JSON text of its value, as it was given. */
  readonly json: string;
  /** Milliseconds since the epoch from which it is gone; null: never. */
  readonly expiresAt: number | null;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}
