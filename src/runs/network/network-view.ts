import type {
  ConnectionRecord,
  HttpBody,
  HttpExchange,
  HttpHeader,
  HttpMessage,
} from "../../runtime/protocol.ts";
import type { Redactor } from "../../vault/index.ts";
import { bodyTypeOf, type ReadBody, readBody } from "./body-content.ts";
import { maskBeginning, maskText } from "./mask-text.ts";
import type { ShownBody, ShownConnection, ShownExchange, ShownMessage } from "./types.ts";
import { preload } from "./unpack.ts";

/** Longer paths are cut when shown. */
const MAX_PATH = 8000;
/** In milliseconds; decoding takes a few. */
const SETTLE_WITHIN = 3000;

/** A step's connections as they are shown: nothing of a secret gets out of here. */
export interface NetworkView {
  /** A connection's state as the runtime reports it, secrets included. */
  take(record: ConnectionRecord): void;
  connections(): readonly ShownConnection[];
  /** Resolves once every body that was taken is decoded, or will not be: where the gateway doesn't answer, the decoder doesn't load. */
  settled(): Promise<void>;
}

export function createNetworkView(redactor: Redactor, onChange: () => void): NetworkView {
  const raw = new Map<number, ConnectionRecord>();
  const shown = new Map<number, ShownConnection>();
  const working = new Set<Promise<void>>();
  const exchanges = new WeakMap<HttpExchange, ShownExchange>();
  const headers = new WeakMap<readonly HttpHeader[], readonly HttpHeader[]>();
  /** By the kept bytes, which are made once a body. */
  const bodies = new WeakMap<Uint8Array, ReadBody>();

  function show(record: ConnectionRecord): void {
    if (raw.size === 0) preload();
    raw.set(record.id, record);
    shown.set(record.id, {
      ...record,
      host: maskText(redactor, record.host),
      error: record.error === null ? null : maskText(redactor, record.error),
      exchanges: record.exchanges.map((exchange) => showExchange(record.id, exchange)),
    });
  }

  function showExchange(connectionId: number, exchange: HttpExchange): ShownExchange {
    const known = exchanges.get(exchange);
    if (known) return known;
    const { request, response } = exchange;
    const made: ShownExchange = {
      ...exchange,
      method: maskText(redactor, exchange.method),
      path: pathOf(exchange).slice(0, MAX_PATH),
      reason: maskText(redactor, exchange.reason),
      request: showMessage(connectionId, request),
      response: response === null ? null : showMessage(connectionId, response),
    };
    const isSettled = [made.request, made.response].every((one) => one?.body.content.kind !== "arriving");
    if (isSettled) exchanges.set(exchange, made);
    return made;
  }

  /** Where the step has used up its budget, the path may be cut. */
  function pathOf({ path, request }: HttpExchange): string {
    return (request.headers === null ? maskBeginning : maskText)(redactor, path);
  }

  function showMessage(connectionId: number, message: HttpMessage): ShownMessage {
    return {
      headers: message.headers === null ? null : showHeaders(message.headers),
      body: showBody(connectionId, message),
    };
  }

  function showHeaders(given: readonly HttpHeader[]): readonly HttpHeader[] {
    const known = headers.get(given);
    if (known) return known;
    const made = given.map(([name, value]) => [maskText(redactor, name), maskText(redactor, value)] as const);
    headers.set(given, made);
    return made;
  }

  function showBody(connectionId: number, { headers: given, body }: HttpMessage): ShownBody {
    const type = bodyTypeOf(given ?? []);
    const { size, state } = body;
    return {
      size,
      state,
      mediaType: maskText(redactor, type.mediaType),
      charset: maskText(redactor, type.charset),
      encoding: maskText(redactor, type.encoding),
      ...contentOf(connectionId, body, type),
    };
  }

  function contentOf(connectionId: number, body: HttpBody, type: ReturnType<typeof bodyTypeOf>): ReadBody {
    const key = body.bytes;
    const known = key && bodies.get(key);
    if (known) return known;
    const content = readBody(redactor, body, type);
    if (!(content instanceof Promise)) {
      if (key && body.size > 0) bodies.set(key, content);
      return content;
    }
    const arriving: ReadBody = { content: { kind: "arriving" }, isCut: false };
    if (key) bodies.set(key, arriving);
    const work = content.then((read) => {
      working.delete(work);
      if (key) bodies.set(key, read);
      const record = raw.get(connectionId);
      if (record) show(record);
      onChange();
    });
    working.add(work);
    return arriving;
  }

  return {
    take: show,
    connections: () => [...shown.values()],
    async settled() {
      if (working.size === 0) return;
      const tooLate = new Promise((resolve) => setTimeout(resolve, SETTLE_WITHIN));
      await Promise.race([Promise.all(working), tooLate]);
    },
  };
}
