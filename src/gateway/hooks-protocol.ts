/**
 * Addresses that the gateway gives to the page's workflows (hooks), declared once for both ends.
 *
 * Anyone who knows its token may send a request to `HOOKS_PATH + token`, and below it. Pages are told of it over one WebSocket each at
 * `HOOKS_SOCKET_PATH` (subprotocols as those of the sockets, see protocol.ts); every message is JSON text: a `HooksCommand` of the page,
 * or a `HooksEvent` of the gateway. Tokens are the pages': the gateway knows those that a page has listened to once, and forgets one
 * when it is dropped. A request is told to one page only, the one that listened last, and stays with the gateway until that page says
 * that it has taken it; where nobody listens it is kept on disk. It is told again where a page goes away before: pages know it by its id.
 */
export const HOOKS_PATH = "/hooks/";
export const HOOKS_SOCKET_PATH = "/api/hooks";

/** A token: 256 random bits in base64url. */
export const HOOK_TOKEN = /^[\w-]{43}$/;

/** Largest body of a request, and of an answer, in bytes. */
export const MAX_HOOK_BODY = 10 * 1024 * 1024;

/** `pd.steps["trigger"]["event"]` of an HTTP request (fact 6 of the reference): all seven keys, always. */
export interface HttpEvent {
  /** JSON and forms as values, other text as text, anything else as base64; null without a body. */
  readonly body: unknown;
  readonly client_ip: string;
  /** Names in lower case; what was sent several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  /** Below the hook's own address; `/` for itself. */
  readonly path: string;
  /** A list where a name stands there several times. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly url: string;
}

/** What is answered to a request. */
export interface HookResponse {
  /** 200 to 599. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Base64. */
  readonly body: string;
}

export type HooksCommand =
  /** Tell this page of the requests to this token, from now on and those that wait. */
  | { readonly op: "listen"; readonly token: string }
  /** Not this page any more; what comes is kept. */
  | { readonly op: "leave"; readonly token: string }
  /** Forget the token, and what waits for it. */
  | { readonly op: "drop"; readonly token: string }
  /** Tell this page how many requests are kept for these tokens, whenever that changes. */
  | { readonly op: "watch"; readonly tokens: readonly string[] }
  /** The request is stored with the page. */
  | { readonly op: "taken"; readonly id: string }
  /** The page could not store it: the gateway keeps it until a page listens anew. */
  | { readonly op: "refused"; readonly id: string }
  /** Null: what is answered without a word of the workflow's. */
  | { readonly op: "answer"; readonly id: string; readonly response: HookResponse | null };

export type HooksEvent =
  /** The gateway knows the token from now on: its address may be given away. */
  | { readonly ev: "listening"; readonly token: string }
  | { readonly ev: "failed"; readonly token: string; readonly message: string }
  | {
      readonly ev: "request";
      readonly id: string;
      readonly token: string;
      /** When it came, in milliseconds since the epoch. */
      readonly at: number;
      readonly event: HttpEvent;
      /** Whoever sent it waits for an answer. */
      readonly waits: boolean;
    }
  /** Nobody waits for an answer to it any more. */
  | { readonly ev: "gone"; readonly id: string }
  | { readonly ev: "kept"; readonly token: string; readonly count: number };
