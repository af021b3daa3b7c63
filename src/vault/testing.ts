/** For tests only: what the storage gives, kept in memory. */
import type { KeyRepository, RecordRepository } from "../storage/index.ts";

export interface MemoryRecords<T> extends RecordRepository<T & { readonly id: string }> {
  /** What is stored, as another tab would see it. */
  readonly stored: Map<string, T>;
  /** Makes every write fail with this message, or (null) succeed again. */
  failWrites(message: string | null): void;
  /** Says that another tab has changed something. */
  announce(): void;
}

export function memoryRecords<T extends { readonly id: string }>(): MemoryRecords<T> {
  const stored = new Map<string, T>();
  const listeners = new Set<() => void>();
  let failure: string | null = null;

  async function write(change: () => void): Promise<void> {
    await Promise.resolve();
    if (failure !== null) throw new Error(failure);
    change();
    for (const listener of listeners) listener();
  }

  return {
    stored,
    list: async () => [...stored.values()],
    get: async (id) => stored.get(id) ?? null,
    put: (record) => write(() => stored.set(record.id, structuredClone(record))),
    delete: (id) => write(() => stored.delete(id)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    failWrites(message) {
      failure = message;
    },
    announce() {
      for (const listener of listeners) listener();
    },
  };
}

/** Keys kept in memory; `put` keeps the first. Every call takes a turn of the event loop. */
export function memoryKeys(first: CryptoKey | null = null): KeyRepository & { stored(): CryptoKey | null } {
  let key = first;
  return {
    stored: () => key,
    async get() {
      await Promise.resolve();
      return key;
    },
    async put(made) {
      await Promise.resolve();
      key ??= made;
    },
  };
}
