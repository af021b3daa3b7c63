import type { RecordRepository } from "../storage/index.ts";

/** A record that was asked for has been deleted, here or in another tab. */
export class RecordMissing extends Error {
  override readonly name = "RecordMissing";
  readonly code = "RecordMissing";
}

/** What the stores of accounts and of environment variables share: reading, changing one after the other, undo of a removal. */
export interface SealedRecords<T> {
  /** Reads all, and again whenever something has changed here or in another tab. */
  follow(onRecords: (records: readonly T[]) => void, onProblem: (message: string) => void): void;
  /** Reads all again and tells the followers; resolves when they know. */
  reload(): Promise<void>;
  /** @throws RecordMissing */
  get(id: string): Promise<T>;
  find(id: string): Promise<T | null>;
  /** Stores a record, whether there was one of its id or not. */
  put(record: T): Promise<void>;
  /** Changes a stored record; changes of one record never cross. @throws RecordMissing */
  update(id: string, change: (record: T) => T | Promise<T>): Promise<T>;
  /** Does nothing where there is none. */
  remove(id: string): Promise<void>;
  /** Puts back what {@link remove} took away in this page. @throws RecordMissing where that is nothing */
  restore(id: string): Promise<void>;
}

/** @param missing What to say where a record is gone. */
export function createSealedRecords<T extends { readonly id: string }>(
  repository: RecordRepository<T>,
  missing: string,
): SealedRecords<T> {
  const removed = new Map<string, T>();
  const followers: (() => Promise<void>)[] = [];
  let lastChange: Promise<unknown> = Promise.resolve();

  function inTurn<R>(change: () => Promise<R>): Promise<R> {
    const turn = lastChange.then(change, change);
    lastChange = turn;
    return turn;
  }

  async function changed<R>(change: () => Promise<R>): Promise<R> {
    const result = await inTurn(change);
    await reload();
    return result;
  }

  async function reload(): Promise<void> {
    await Promise.all(followers.map((read) => read()));
  }

  async function get(id: string): Promise<T> {
    const record = await repository.get(id);
    if (record === null) throw new RecordMissing(missing);
    return record;
  }

  return {
    follow(onRecords, onProblem) {
      let asked = 0;
      const read = async (): Promise<void> => {
        const turn = ++asked;
        try {
          const records = await repository.list();
          if (turn === asked) onRecords(records);
        } catch (error) {
          if (turn === asked) onProblem(error instanceof Error ? error.message : String(error));
        }
      };
      followers.push(read);
      repository.onChange(() => void read());
      void read();
    },
    reload,
    get,
    find: (id) => repository.get(id),
    put: (record) => changed(() => repository.put(record)),
    update: (id, change) =>
      changed(async () => {
        const record = await change(await get(id));
        await repository.put(record);
        return record;
      }),
    remove: (id) =>
      changed(async () => {
        const record = await repository.get(id);
        if (record === null) return;
        await repository.delete(id);
        removed.set(id, record);
      }),
    restore: (id) =>
      changed(async () => {
        const record = removed.get(id);
        if (record === undefined) throw new RecordMissing(missing);
        await repository.put(record);
        removed.delete(id);
      }),
  };
}
