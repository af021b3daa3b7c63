import type { StoreReply } from "../messages.ts";

/** What the page has answered about the running step's data store, until Python takes it. */
export interface StoreReplies {
  /** Another step begins: what is still said about the one before is dropped. */
  begin(step: number): void;
  /** JSON text of a `StoreReply`. */
  readonly take: (step: number, text: string) => void;
  /** Number of the last request that was answered. */
  readonly latest: number;
  /** JSON text of the list of those that came since the last call. */
  takeAll(): string;
  /** Resolves when another one has come. */
  changed(): Promise<void>;
}

export function createStoreReplies(): StoreReplies {
  let running = 0;
  let latest = 0;
  let texts: string[] = [];
  let change: PromiseWithResolvers<void> | null = null;
  return {
    begin(step) {
      running = step;
      latest = 0;
      texts = [];
    },
    take(step, text) {
      if (step !== running) return;
      texts.push(text);
      latest = (JSON.parse(text) as StoreReply).number;
      change?.resolve();
      change = null;
    },
    get latest() {
      return latest;
    },
    takeAll() {
      const all = `[${texts.join(",")}]`;
      texts = [];
      return all;
    },
    changed() {
      change ??= Promise.withResolvers<void>();
      return change.promise;
    },
  };
}
