import type { DataStoreChange } from "../../lib/data-store-change.ts";
import type { StoreChange, StoreQuery, StoreReply, StoreRequest } from "../messages.ts";
import { encodeStoreReply } from "../network/frames.ts";
import type { StepDataStore } from "../protocol.ts";

/** Changes that are made in one go, where so many wait. */
const MAX_CHANGES = 500;
/** Requests, and characters of them, that may wait: Python itself waits long before. */
const MAX_WAITING = 2000;
const MAX_WAITING_SIZE = 64 * 1024 * 1024;
/** How long what a killed worker has sent may be on its way, in milliseconds. */
const LAST_REQUESTS = 100;
/** How long the end of a step waits for what it has written, in milliseconds: a storage that hangs must not keep Stop from working. */
const SETTLING_TIME = 5000;

/** What one step asks of its data store, done in order; also when the step's Python has been killed meanwhile. */
export interface StepStore {
  /** False: no step of ours sends so many at once. `size`: characters. */
  take(request: StoreRequest, size: number): boolean;
  /** The step's Python is being killed: resolves when what it had sent has come. */
  lastRequests(): Promise<void>;
  /** Resolves when everything that was taken is done. */
  settled(): Promise<void>;
}

interface Waiting {
  readonly request: StoreRequest;
  readonly size: number;
}

/** `tellWorker` takes the frames of answers to the step of this id. */
export function createStepStore(
  store: StepDataStore,
  step: number,
  tellWorker: (frame: ArrayBuffer) => void,
): StepStore {
  const waiting: Waiting[] = [];
  let waitingSize = 0;
  let failures = 0;
  let working: Promise<void> | null = null;

  const reply = (told: StoreReply) => tellWorker(encodeStoreReply(step, JSON.stringify(told)));

  async function work(): Promise<void> {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const { request } = next;
      const changes = leadingChanges();
      for (const { size } of waiting.splice(0, Math.max(1, changes.length))) waitingSize -= size;
      const { number } = changes.at(-1) ?? request;
      try {
        if (request.failures < failures) throw new Error("A change before this one could not be stored.");
        const answer = isChange(request) ? await write(changes) : await answerTo(request);
        reply({ number, failures, ...(answer === undefined ? {} : { answer }) });
      } catch (error) {
        if (request.failures >= failures) failures += 1;
        reply({ number, failures, error: error instanceof Error ? error.message : String(error) });
      }
    }
    working = null;
  }

  /** The changes at the head of the queue that know of as many failures. */
  function leadingChanges(): (StoreRequest & StoreChange)[] {
    const changes: (StoreRequest & StoreChange)[] = [];
    for (const { request } of waiting) {
      if (!isChange(request) || request.failures !== waiting[0]?.request.failures) break;
      changes.push(request);
      if (changes.length === MAX_CHANGES) break;
    }
    return changes;
  }

  async function write(changes: readonly StoreChange[]): Promise<undefined> {
    try {
      await store.write(changes.map(toChange));
    } catch (error) {
      if (changes.length === 1)
        throw new Error(`${nameOf(changes[0])} could not be stored. ${messageOf(error)}`);
      // Those before the one that fails are made all the same, as they would have been one by one.
      for (const change of changes) await write([change]);
    }
  }

  async function answerTo(request: StoreQuery): Promise<unknown> {
    switch (request.op) {
      case "get":
        return store.get(request.key);
      case "count":
        return store.count();
      case "expire":
        return store.setExpiry(request.key, expiryOf(request.ttl));
      case "keys":
        return store.keys(request.after, request.limit);
      case "items":
        return store.items(request.after, request.limit);
    }
  }

  return {
    take(request, size) {
      waiting.push({ request, size });
      waitingSize += size;
      working ??= work();
      return waiting.length <= MAX_WAITING && waitingSize <= MAX_WAITING_SIZE;
    },
    lastRequests: () => new Promise((resolve) => setTimeout(resolve, LAST_REQUESTS)),
    async settled() {
      if (!working) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, SETTLING_TIME);
      });
      await Promise.race([working, late]);
      clearTimeout(timer);
    },
  };
}

function isChange<R extends StoreChange | StoreQuery>(request: R): request is R & StoreChange {
  return request.op === "set" || request.op === "delete" || request.op === "clear";
}

function toChange(change: StoreChange): DataStoreChange {
  if (change.op === "clear") return { kind: "clear" };
  if (change.op === "delete") return { kind: "delete", key: change.key };
  return { kind: "set", key: change.key, json: change.json, expiresAt: expiryOf(change.ttl) };
}

const expiryOf = (ttl: number | null) => (ttl === null ? null : Date.now() + ttl * 1000);

const nameOf = (change: StoreChange | undefined) =>
  change && change.op !== "clear" ? JSON.stringify(change.key) : "The change";

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
