/**
 * Where a document that could not be stored in time is put aside when the page goes away. IndexedDB can't be written to
 * reliably then: a page that is being closed doesn't get its answers any more, and measured in Chromium even writes that
 * need none are dropped. `localStorage` is written before the call returns.
 */
export interface UnsavedShelf {
  /** False where there is no room or no storage. */
  put(key: string, text: string): boolean;
  remove(key: string): void;
  entries(): readonly (readonly [key: string, text: string])[];
}

/** A shelf in `localStorage`, under keys that begin with `prefix`. */
export function createBrowserShelf(prefix: string): UnsavedShelf {
  return {
    put(key, text) {
      try {
        localStorage.setItem(prefix + key, text);
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // Without storage there is nothing to remove.
      }
    },
    entries() {
      try {
        return Object.keys(localStorage)
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? ""] as const);
      } catch {
        return [];
      }
    },
  };
}

/** A shelf in memory, for tests. */
export function createMemoryShelf(): UnsavedShelf {
  const texts = new Map<string, string>();
  return {
    put: (key, text) => texts.set(key, text).has(key),
    remove: (key) => void texts.delete(key),
    entries: () => [...texts],
  };
}
