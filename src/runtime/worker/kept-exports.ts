import type { SentExports } from "../messages.ts";

/** Bytes of exports kept for later steps of the run. What is beyond comes back from the page. */
const LIMIT = 128 * 1024 * 1024;

/**
 * The exports of this run's steps as the page got them, so that they need not come back from there. They are kept outside of the
 * interpreter: what a step does in it doesn't change what the steps after it are given and the cards show.
 */
export interface KeptExports {
  /** Whether there was room. The bytes are not copied. */
  keep(step: number, bytes: Uint8Array<ArrayBuffer>): boolean;
  /** Throws where the page names what isn't there. */
  resolve(sent: SentExports): Uint8Array;
  clear(): void;
}

export function createKeptExports(limit = LIMIT): KeptExports {
  const kept = new Map<number, Uint8Array>();
  let size = 0;

  function drop(step: number): void {
    size -= kept.get(step)?.length ?? 0;
    kept.delete(step);
  }

  return {
    keep(step, bytes) {
      drop(step);
      if (size + bytes.length > limit) return false;
      kept.set(step, bytes);
      size += bytes.length;
      return true;
    },
    resolve(sent) {
      if ("bytes" in sent) return new Uint8Array(sent.bytes);
      const bytes = kept.get(sent.kept);
      if (!bytes) throw new Error(`The exports of ${sent.name} are not kept.`);
      return bytes;
    },
    clear() {
      kept.clear();
      size = 0;
    },
  };
}
