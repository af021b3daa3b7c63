import type { HttpExchange, HttpHeader } from "../protocol.ts";
import { type BodyCapture, type CaptureBudget, createBodyCapture } from "./capture.ts";

/** Of a request whose step has used up its budget, this much of the path is kept. */
const SHORT_PATH = 200;

/** An HTTP exchange that goes on. */
export interface ExchangeRecorder {
  readonly method: string;
  readonly requestBody: BodyCapture;
  readonly responseBody: BodyCapture;
  /** The answer's head is there. */
  answered(
    answer: Pick<HttpExchange, "reason"> & {
      readonly status: number;
      readonly headers: readonly HttpHeader[];
    },
  ): void;
  /** The answer is complete, or will never be. Only the first call counts. */
  finish(how: "complete" | "cut-off"): void;
  /** As it stands: the same object as long as nothing has changed, and never changed itself. */
  snapshot(): HttpExchange;
  /** It is forgotten: what is kept of it counts no more. */
  forget(): void;
}

export interface RequestHead {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly version: string;
  readonly headers: readonly HttpHeader[];
}

/** Records an exchange from its request's head on. */
export function recordExchange(head: RequestHead, budget: CaptureBudget): ExchangeRecorder {
  const begin = performance.now();
  const requestBody = createBodyCapture(budget);
  const responseBody = createBodyCapture(budget);
  let headBytes = 0;
  const requestHeaders = keepHeaders(head.headers);
  let responseHeaders: readonly HttpHeader[] | null = null;
  const isPathKept = takeAll(head.path.length);
  let fields = {
    id: head.id,
    method: head.method,
    path: isPathKept ? head.path : head.path.slice(0, SHORT_PATH),
    version: head.version,
    status: null as number | null,
    reason: "",
    startedAt: Date.now(),
    firstByteMs: null as number | null,
    durationMs: null as number | null,
  };
  let last: HttpExchange | null = null;

  function takeAll(size: number): boolean {
    const taken = budget.take(size);
    if (taken === size) headBytes += taken;
    else budget.release(taken);
    return taken === size;
  }

  function keepHeaders(headers: readonly HttpHeader[]): readonly HttpHeader[] | null {
    return takeAll(headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0))
      ? headers
      : null;
  }

  return {
    method: head.method,
    requestBody,
    responseBody,
    answered({ status, reason, headers }) {
      responseHeaders = keepHeaders(headers);
      fields = { ...fields, status, reason, firstByteMs: performance.now() - begin };
      last = null;
    },
    finish(how) {
      if (fields.durationMs !== null) return;
      responseBody.end(how);
      // An exchange without an answer took no time that would mean something.
      if (fields.status === null) return;
      fields = { ...fields, durationMs: performance.now() - begin };
      last = null;
    },
    snapshot() {
      const sent = requestBody.body();
      const received = responseBody.body();
      if (last && last.request.body === sent && (last.response?.body ?? received) === received) return last;
      last = {
        ...fields,
        request: { headers: requestHeaders, body: sent },
        response: fields.status === null ? null : { headers: responseHeaders, body: received },
      };
      return last;
    },
    forget() {
      budget.release(headBytes + requestBody.kept + responseBody.kept);
    },
  };
}
