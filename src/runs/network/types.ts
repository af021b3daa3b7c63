import type { ConnectionRecord, HttpExchange, HttpHeader } from "../../runtime/protocol.ts";

/** Why nothing of a body can be seen. */
export type LeftOut =
  /** The step's messages were larger than what is kept of them. */
  | "over-budget"
  /** Kept while the page is open, but too much to be stored with the result. */
  | "not-stored"
  /** In a content-encoding that can't be undone here: a secret could be in it. */
  | "encoding"
  /** Said to be gzip or deflate, and can't be undone as such. */
  | "broken-encoding"
  /** An archive or the like: a secret could be in it. */
  | "packed"
  /** Bytes with a secret in them in a way that can't be cut out. */
  | "secret";

/** What is shown of a body: decoded, secrets replaced. */
export type BodyContent =
  | { readonly kind: "empty" }
  | { readonly kind: "arriving" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly base64: string }
  /** The first bytes, a character each (Latin-1); secrets are replaced by their marks. */
  | { readonly kind: "bytes"; readonly latin1: string }
  | { readonly kind: "left-out"; readonly why: LeftOut };

export interface ShownBody {
  /** Bytes as they were sent: compressed where they were, without the framing of chunks. */
  readonly size: number;
  /** `cut-off`: the connection ended before the body was complete. */
  readonly state: "arriving" | "complete" | "cut-off";
  /** Lower case, without parameters; empty where none was given. */
  readonly mediaType: string;
  /** Lower case; empty where none was given. */
  readonly charset: string;
  /** The content-encoding: `gzip`; empty where there was none. */
  readonly encoding: string;
  readonly content: BodyContent;
  /** The content is its beginning only. */
  readonly isCut: boolean;
}

export interface ShownMessage {
  /** Null where they are not kept. */
  readonly headers: readonly HttpHeader[] | null;
  readonly body: ShownBody;
}

/** An HTTP exchange as it is shown and stored: secrets replaced. */
export interface ShownExchange extends Omit<HttpExchange, "request" | "response"> {
  /** Null where it is not kept. */
  readonly request: ShownMessage | null;
  /** Null where there was no answer, or it is not kept. */
  readonly response: ShownMessage | null;
}

/** A connection as it is shown and stored: secrets replaced. */
export interface ShownConnection extends Omit<ConnectionRecord, "exchanges"> {
  readonly exchanges: readonly ShownExchange[];
}
