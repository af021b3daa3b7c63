/** Reads one direction of an HTTP/1.x connection piece by piece, and keeps nothing of its bodies. */
import type { HttpHeader } from "../protocol.ts";

/** Longest start line or header line that is read; what is longer is not HTTP as we know it. */
const MAX_LINE = 64 * 1024;
const MAX_HEADERS = 200;
const LF = 10;
const CR = 13;

/** How a message's body ends. */
export type BodyEnd =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "close" }
  /** What follows is another protocol (an upgrade, a tunnel). */
  | { readonly kind: "not-http" };

export interface MessageHandlers {
  /** Whether this can be a message's first line. */
  accepts(startLine: string): boolean;
  /** A message's start line and headers are there. */
  head(startLine: string, headers: readonly HttpHeader[]): BodyEnd;
  /** A piece of the body, without the framing of chunks; its memory is someone else's. */
  body(bytes: Uint8Array): void;
  /** The message is complete. */
  end(): void;
}

export interface MessageReader {
  /** True once the bytes were no HTTP, or are none any more; further bytes are ignored. */
  readonly lost: boolean;
  push(bytes: Uint8Array): void;
}

type State =
  | "start"
  | "headers"
  | "body"
  | "chunk-size"
  | "chunk"
  | "chunk-end"
  | "trailers"
  | "until-close"
  | "lost";

export function createMessageReader(handlers: MessageHandlers): MessageReader {
  const decoder = new TextDecoder("latin1");
  let state: State = "start";
  let partial = "";
  let startLine = "";
  let headers: HttpHeader[] = [];
  let remaining = 0;

  function finish(): void {
    state = "start";
    handlers.end();
  }

  function begin(end: BodyEnd): void {
    switch (end.kind) {
      case "none":
        finish();
        break;
      case "length":
        remaining = end.bytes;
        if (remaining === 0) finish();
        else state = "body";
        break;
      case "chunked":
        state = "chunk-size";
        break;
      case "close":
        state = "until-close";
        break;
      case "not-http":
        state = "lost";
        break;
    }
  }

  function addHeader(line: string): void {
    const colon = line.indexOf(":");
    if (colon < 1 || headers.length >= MAX_HEADERS) state = "lost";
    else headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }

  function take(line: string): void {
    if (state === "start") {
      // A stray empty line between messages is allowed.
      if (line === "") return;
      startLine = line;
      headers = [];
      state = handlers.accepts(line) ? "headers" : "lost";
    } else if (state === "headers") {
      if (line === "") begin(handlers.head(startLine, headers));
      else addHeader(line);
    } else if (state === "chunk-size") {
      const size = /^[0-9a-f]{1,13}(?=\s*(;|$))/i.exec(line);
      remaining = size ? Number.parseInt(size[0], 16) : 0;
      state = size ? (remaining === 0 ? "trailers" : "chunk") : "lost";
    } else if (state === "chunk-end") state = line === "" ? "chunk-size" : "lost";
    else if (line === "") finish();
  }

  /** Reads to the end of a line; answers where to go on. */
  function readLine(bytes: Uint8Array, from: number): number {
    const end = bytes.indexOf(LF, from);
    const stop = end < 0 ? bytes.length : end;
    if (partial.length + stop - from > MAX_LINE) {
      state = "lost";
      return bytes.length;
    }
    partial += decoder.decode(bytes.subarray(from, stop));
    if (end < 0) return bytes.length;
    const line = partial.charCodeAt(partial.length - 1) === CR ? partial.slice(0, -1) : partial;
    partial = "";
    take(line);
    return end + 1;
  }

  return {
    get lost() {
      return state === "lost";
    },
    push(bytes) {
      let at = 0;
      while (at < bytes.length && state !== "lost") {
        if (state === "until-close") {
          handlers.body(bytes.subarray(at));
          return;
        }
        if (state === "body" || state === "chunk") {
          const passing = Math.min(remaining, bytes.length - at);
          handlers.body(bytes.subarray(at, at + passing));
          remaining -= passing;
          at += passing;
          if (remaining > 0) return;
          if (state === "chunk") state = "chunk-end";
          else finish();
        } else at = readLine(bytes, at);
      }
    },
  };
}
