import type { HookResponse, HooksEvent, HttpEvent } from "../hooks-protocol.ts";
import type { HookShelf, KeptPlace } from "./shelf.ts";

/** A page that can be told of requests. */
export interface HookPage {
  send(event: HooksEvent): void;
}

/** Whoever sent a request and waits for an answer to it. */
export interface Asker {
  /** Null: the default one. */
  answer(response: HookResponse | null): void;
  words(status: number, text: string): void;
}

/** A request that has just come. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly event: HttpEvent;
  readonly asker: Asker;
  /** Called once it is not in memory any more. */
  readonly released: () => void;
}

/** One in the line: in memory, or on disk. */
interface Waiting {
  readonly id: string;
  readonly at: number;
  readonly arrival: Arrival | null;
  place: KeptPlace | null;
  asker: Asker | null;
}

/** One address of one workflow: its requests, in their order, and the pages that listen to it. */
export interface Hook {
  arrive(arrival: Arrival): Promise<void>;
  listen(page: HookPage): Promise<void>;
  leave(page: HookPage): Promise<void>;
  /** It is stored with the page. */
  taken(page: HookPage, id: string): Promise<void>;
  /** It can't be stored with the page, which is not told of any others. */
  refused(page: HookPage, id: string): Promise<void>;
  /** Nobody waits for the answer any more. */
  gone(id: string): void;
  answer(page: HookPage, id: string, response: HookResponse | null): Promise<void>;
  /** No page is told any more, and what waits is kept. */
  close(): Promise<void>;
  /** Forgets what waits. */
  drop(): Promise<void>;
  /** Nothing of it is in memory. */
  readonly idle: boolean;
}

const KEPT = "The workflow is not open. The request is kept and given to it when it is.\n";
const BUSY = "The workflow is busy, and no more requests wait for it.\n";
const FULL = "The workflow is not open, and no more requests are kept for it.\n";
const FAILED = "The workflow is not open, and the request could not be kept for it.\n";
const LEFT = "The workflow has taken the request, but its page was closed before it had answered.\n";

export interface HookOptions {
  readonly token: string;
  readonly shelf: HookShelf;
  /** Requests that may wait while a page listens and is busy. */
  readonly most: number;
  /** Hears how many lie on disk whenever that changes. */
  readonly onKept: (count: number) => void;
}

export function createHook({ token, shelf, most, onKept }: HookOptions): Hook {
  /** The newest last: it is told. */
  let pages: HookPage[] = [];
  /** Without pages everything lies on disk and this is empty. */
  let line: Waiting[] = [];
  let told: { readonly entry: Waiting; readonly page: HookPage } | null = null;
  const answering = new Map<string, { readonly asker: Asker; readonly page: HookPage }>();
  let turn: Promise<unknown> = Promise.resolve();

  /** One thing at a time: each finds the line as the last has left it. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  const countKept = async () => onKept((await shelf.list(token)).length);

  /** Puts one on disk, and tells whoever waits. */
  async function keep(entry: Waiting): Promise<void> {
    const { arrival, asker } = entry;
    if (entry.place || !arrival) return;
    const request = { id: entry.id, at: entry.at, event: arrival.event };
    const place = await shelf.put(token, request).catch(() => "failed" as const);
    if (place === "failed") asker?.words(507, FAILED);
    else if (place === null) asker?.words(429, FULL);
    else {
      entry.place = place;
      asker?.words(202, KEPT);
    }
    entry.asker = null;
    arrival.released();
  }

  async function keepAll(): Promise<void> {
    for (const entry of line) await keep(entry);
    line = [];
    await countKept();
  }

  /** Tells the newest page of the first in the line. */
  async function tell(): Promise<void> {
    while (!told) {
      const [entry] = line;
      const page = pages.at(-1);
      if (!entry || !page) return;
      const event = entry.arrival?.event ?? (entry.place && (await shelf.read(entry.place))?.event);
      if (!event) {
        line.shift();
        continue;
      }
      told = { entry, page };
      const { id, at } = entry;
      page.send({ ev: "request", id, token, at, event, waits: entry.asker !== null });
    }
  }

  async function remove(page: HookPage): Promise<void> {
    pages = pages.filter((known) => known !== page);
    if (told?.page === page) told = null;
    if (pages.length === 0) await keepAll();
    else await tell();
  }

  return {
    get idle() {
      return pages.length === 0 && line.length === 0 && answering.size === 0;
    },
    arrive: (arrival) =>
      inTurn(async () => {
        const { id, at, asker } = arrival;
        if (line.length >= most) {
          asker.words(429, BUSY);
          arrival.released();
          return;
        }
        line.push({ id, at, arrival, place: null, asker });
        if (pages.length === 0) await keepAll();
        else await tell();
      }),
    listen: (page) =>
      inTurn(async () => {
        await shelf.register(token);
        if (pages.length === 0) {
          const places = await shelf.list(token);
          line = places.map((place) => ({ ...place, arrival: null, place, asker: null }));
        }
        pages = [...pages.filter((known) => known !== page), page];
        page.send({ ev: "listening", token });
        onKept(line.length);
        await tell();
      }),
    leave: (page) =>
      inTurn(async () => {
        for (const [id, { asker, page: answers }] of answering) {
          if (answers !== page) continue;
          asker.words(202, LEFT);
          answering.delete(id);
        }
        await remove(page);
      }),
    taken: (page, id) =>
      inTurn(async () => {
        if (told?.page !== page || told.entry.id !== id) return;
        const { entry } = told;
        told = null;
        line.shift();
        if (entry.place) {
          await shelf.remove(entry.place);
          await countKept();
        }
        entry.arrival?.released();
        if (entry.asker) answering.set(id, { asker: entry.asker, page });
        await tell();
      }),
    refused: (page, id) =>
      inTurn(async () => {
        if (told?.page !== page || told.entry.id !== id) return;
        await keep(told.entry);
        await remove(page);
      }),
    gone(id) {
      const page = answering.get(id)?.page ?? (told?.entry.id === id ? told.page : null);
      answering.delete(id);
      for (const entry of line) if (entry.id === id) entry.asker = null;
      page?.send({ ev: "gone", id });
    },
    answer: (page, id, response) =>
      inTurn(async () => {
        const found = answering.get(id);
        if (found?.page !== page) return;
        answering.delete(id);
        found.asker.answer(response);
      }),
    close: () =>
      inTurn(async () => {
        pages = [];
        told = null;
        await keepAll();
      }),
    drop: () =>
      inTurn(async () => {
        for (const { asker, arrival } of line) {
          asker?.words(404, "Not found.");
          arrival?.released();
        }
        for (const { asker } of answering.values()) asker.answer(null);
        answering.clear();
        line = [];
        pages = [];
        told = null;
        await shelf.drop(token);
        onKept(0);
      }),
  };
}
