import { createStore, type StoreApi } from "zustand/vanilla";
import type { DataStoreRepository } from "../storage/index.ts";
import type { DataStore } from "./types.ts";

export interface DataStoreListState {
  /** By name. */
  readonly stores: readonly DataStore[];
  /** True once they have been read. */
  readonly loaded: boolean;
  /** Why they can't be read, or null. */
  readonly problem: string | null;
  /** Rejects with a sentence for the person, as `rename` does: where the name is taken, for one. */
  create(name: string): Promise<DataStore>;
  rename(id: string, name: string): Promise<void>;
  /** Deletes it with its records, for good. */
  remove(id: string): Promise<void>;
}

export type DataStoreList = StoreApi<DataStoreListState>;

/** The data stores of this browser, without their records. Begins to read them at once, and follows other tabs. */
export function createDataStoreList(repository: DataStoreRepository): DataStoreList {
  const store = createStore<DataStoreListState>(() => ({
    stores: [],
    loaded: false,
    problem: null,
    async create(name) {
      const made = await repository.create(name);
      await read();
      return made;
    },
    rename: repository.rename,
    remove: repository.delete,
  }));
  async function read(): Promise<void> {
    try {
      store.setState({ stores: await repository.list(), loaded: true, problem: null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      store.setState({ problem: `The data stores can't be read: ${message}` });
    }
  }
  repository.onChange(() => void read());
  void read();
  return store;
}
