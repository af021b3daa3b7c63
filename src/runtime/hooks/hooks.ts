import {
  HOOKS_PATH,
  type HookResponse,
  type HooksCommand,
  type HooksEvent,
  type HttpEvent,
} from "../../gateway/hooks-protocol.ts";
import type { GatewayClient } from "../network/index.ts";

/** A request to one of this page's addresses. */
export interface HookRequest {
  /** Its own: the same where it is told again, because a page went away before it had taken it. */
  readonly id: string;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  /** In the shape of fact 6 of the reference. */
  readonly event: HttpEvent;
  /** Whether whoever sent it still waits for an answer. A kept one is waited for by nobody. */
  readonly isWaitedFor: () => boolean;
}

/** What a page says to a request: its answer, null for the default one, or that the answer comes later. */
export type HookAnswer = HookResponse | null | { readonly later: Promise<HookResponse | null> };

/**
 * Hears of the requests to one token, one at a time and in their order. Once what it returns has settled the request counts as taken
 * and is never told again, so store it before; where it throws the gateway keeps the request until a page listens anew.
 */
export type OnHookRequest = (request: HookRequest) => HookAnswer | Promise<HookAnswer>;

/** `lost`: the gateway doesn't answer; it is tried again and again. */
export type HooksState = "idle" | "connecting" | "open" | "lost";

/**
 * Addresses of this page at the gateway. An address is good from the moment that its token is registered, which `listen` does, until
 * the token is dropped; while no page listens its requests are kept at the gateway (up to 100, 20 MB; 202 is answered).
 *
 * Tokens for one occasion (a run that waits): `newToken()`, `listen(token, …)`, `await registered(token)` before `address(token)` is
 * given away; keep the token with what waits, and listen again when that is loaded; `drop(token)` once the occasion is over, whichever
 * way, after which the address is not found.
 */
export interface Hooks {
  /** A fresh token: 256 random bits. Whoever knows it can send requests, so it is stored in this browser only. */
  newToken(): string;
  /** The URL of a token. Anything may follow it: `${address}/path?query`. */
  address(token: string): string;
  /** Registers the token and hears of its requests. One listener a token and page: another one takes its place. Gives the way to end it. */
  listen(token: string, onRequest: OnHookRequest): () => void;
  /** Settles once the gateway knows the token. Rejects with a sentence for the person where it can't take it. Listen first. */
  registered(token: string): Promise<void>;
  /** Forgets the token and what waits for it, here and at the gateway. */
  drop(token: string): void;
  /** How many requests are kept for each of these tokens, and whenever that changes. Replaces what was watched before. */
  watch(tokens: readonly string[], onKept: (token: string, count: number) => void): () => void;
  state(): HooksState;
  subscribe(listener: () => void): () => void;
}

/** How long after a lost connection the next one is tried, in milliseconds: the last of them again and again. */
const RETRY = [250, 1000, 3000, 10_000];
/** Commands that wait for a connection to a gateway that is gone; the oldest go. */
const MAX_WAITING = 1000;

interface Listener {
  readonly onRequest: OnHookRequest;
  readonly registered: PromiseWithResolvers<void>;
}

export function createHooks(client: Pick<GatewayClient, "origin" | "openHooks">): Hooks {
  const listeners = new Map<string, Listener>();
  const subscribers = new Set<() => void>();
  /** Ids of requests that are waited for. */
  const waited = new Set<string>();
  let watched: {
    readonly tokens: readonly string[];
    readonly onKept: (token: string, count: number) => void;
  } | null = null;
  let socket: WebSocket | null = null;
  let state: HooksState = "idle";
  let attempts = 0;
  /** What was said while nobody listened, and has to be said later: tokens that were dropped. */
  let unsaid: HooksCommand[] = [];

  function setState(next: HooksState): void {
    if (next === state) return;
    state = next;
    for (const subscriber of subscribers) subscriber();
  }

  function send(command: HooksCommand): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
    else if (command.op === "drop") unsaid = [...unsaid, command].slice(-MAX_WAITING);
    connect();
  }

  function connect(): void {
    if (socket) return;
    setState(state === "lost" ? "lost" : "connecting");
    const opened = client.openHooks();
    socket = opened;
    opened.onopen = () => {
      attempts = 0;
      setState("open");
      for (const command of unsaid) send(command);
      unsaid = [];
      for (const token of listeners.keys()) send({ op: "listen", token });
      if (watched) send({ op: "watch", tokens: watched.tokens });
    };
    opened.onmessage = ({ data }) => heard(JSON.parse(String(data)) as HooksEvent);
    opened.onclose = () => {
      socket = null;
      waited.clear();
      if (listeners.size === 0 && !watched && unsaid.length === 0) return setState("idle");
      setState("lost");
      setTimeout(connect, RETRY[Math.min(attempts, RETRY.length - 1)]);
      attempts += 1;
    };
  }

  function heard(event: HooksEvent): void {
    if (event.ev === "listening") listeners.get(event.token)?.registered.resolve();
    else if (event.ev === "failed") listeners.get(event.token)?.registered.reject(new Error(event.message));
    else if (event.ev === "kept") watched?.onKept(event.token, event.count);
    else if (event.ev === "gone") waited.delete(event.id);
    else void take(event);
  }

  async function take({
    id,
    token,
    at,
    event,
    waits,
  }: Extract<HooksEvent, { ev: "request" }>): Promise<void> {
    const listener = listeners.get(token);
    if (!listener) return send({ op: "leave", token });
    if (waits) waited.add(id);
    let answer: HookAnswer;
    try {
      answer = await listener.onRequest({ id, at, event, isWaitedFor: () => waited.has(id) });
    } catch {
      waited.delete(id);
      send({ op: "refused", id });
      return;
    }
    send({ op: "taken", id });
    const response = await (answer && "later" in answer ? answer.later.catch(() => null) : answer);
    if (waited.delete(id)) send({ op: "answer", id, response });
  }

  function forget(token: string): Listener | undefined {
    const listener = listeners.get(token);
    listeners.delete(token);
    listener?.registered.reject(new Error("Nobody listens to this address any more."));
    return listener;
  }

  return {
    newToken() {
      const bytes = crypto.getRandomValues(new Uint8Array(32));
      return btoa(String.fromCharCode(...bytes))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
    },
    address: (token) => client.origin + HOOKS_PATH + token,
    listen(token, onRequest) {
      const registered = listeners.get(token)?.registered ?? Promise.withResolvers<void>();
      // Whoever doesn't ask doesn't want to know.
      registered.promise.catch(() => {});
      const listener = { onRequest, registered };
      listeners.set(token, listener);
      send({ op: "listen", token });
      return () => {
        if (listeners.get(token) !== listener) return;
        forget(token);
        send({ op: "leave", token });
      };
    },
    registered: (token) =>
      listeners.get(token)?.registered.promise ??
      Promise.reject(new Error("Nobody listens to this address.")),
    drop(token) {
      forget(token);
      send({ op: "drop", token });
    },
    watch(tokens, onKept) {
      const mine = { tokens, onKept };
      watched = mine;
      if (tokens.length > 0) send({ op: "watch", tokens });
      return () => {
        if (watched !== mine) return;
        watched = null;
        if (socket?.readyState === WebSocket.OPEN) send({ op: "watch", tokens: [] });
      };
    },
    state: () => state,
    subscribe(listener) {
      subscribers.add(listener);
      return () => subscribers.delete(listener);
    },
  };
}
