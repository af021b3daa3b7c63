import type http from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { newId } from "../../lib/id.ts";
import type { Refusal } from "../guard.ts";
import {
  HOOK_TOKEN,
  HOOKS_PATH,
  type HooksCommand,
  type HttpEvent,
  MAX_HOOK_BODY,
} from "../hooks-protocol.ts";
import type { Limits } from "../limits.ts";
import { SUBPROTOCOL } from "../protocol.ts";
import { defaultAnswer, sendAnswer, sendPreflight, sendWords } from "./answer.ts";
import { readHooksCommand } from "./commands.ts";
import { createHook, type Hook, type HookPage } from "./hook.ts";
import { httpEvent } from "./http-event.ts";
import type { HookShelf } from "./shelf.ts";

/** Room for an answer's body in base64, and its headers. */
const maxMessage = Math.ceil(MAX_HOOK_BODY / 3) * 4 + 2 * 1024 * 1024;

/** The addresses of workflows. Nobody signs in to send a request there: its token is what one must know. */
export interface Hooks {
  /** Answers a request to a hook. False: it is none. */
  handle(request: http.IncomingMessage, response: http.ServerResponse): boolean;
  /** Takes over a page's WebSocket that has been let in. */
  accept(request: http.IncomingMessage, socket: Duplex, head: Buffer): void;
  /** What pages have not taken yet is on disk then. */
  close(): Promise<void>;
}

export interface HooksOptions {
  readonly shelf: HookShelf;
  readonly limits: Limits;
  /** Asked first: only our own names are answered to. */
  readonly refuseHost: (headers: http.IncomingHttpHeaders) => Refusal | null;
  /** The origin of the name that the request was sent to. */
  readonly originOf: (headers: http.IncomingHttpHeaders) => string;
  /** Who sent it. */
  readonly addressOf: (request: http.IncomingMessage) => string;
}

export function createHooks({ shelf, limits, refuseHost, originOf, addressOf }: HooksOptions): Hooks {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessage,
    handleProtocols: () => SUBPROTOCOL,
  });
  const hooks = new Map<string, Hook>();
  const watchers = new Map<HookPage, ReadonlySet<string>>();
  let pending = 0;
  let held = 0;

  function hookOf(token: string): Hook {
    const known = hooks.get(token);
    if (known) return known;
    const onKept = (count: number) => {
      for (const [page, tokens] of watchers) if (tokens.has(token)) page.send({ ev: "kept", token, count });
    };
    const hook = createHook({ token, shelf, most: limits.hookKept, onKept });
    hooks.set(token, hook);
    return hook;
  }

  function forgetIdle(token: string): void {
    if (hooks.get(token)?.idle) hooks.delete(token);
  }

  /** The status of the refusal where it is too large, or there is no memory for it now. */
  async function readBytes(request: http.IncomingMessage): Promise<Buffer<ArrayBuffer> | 413 | 503> {
    const parts: Buffer[] = [];
    let size = 0;
    try {
      for await (const part of request as AsyncIterable<Buffer>) {
        size += part.length;
        held += part.length;
        if (size > limits.hookBody) return 413;
        if (held > limits.hookMemory) return 503;
        parts.push(part);
      }
      const bytes = Buffer.concat(parts);
      held += bytes.length;
      return bytes;
    } finally {
      held -= size;
    }
  }

  async function receive(
    token: string,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    // Who doesn't know a token learns nothing about any, and nothing that they send is read.
    if (!HOOK_TOKEN.test(token) || !(await shelf.isKnown(token))) return refuse(response, 404, "Not found.");
    if (isOfOurPage(request.headers)) return refuse(response, 403, "A page doesn't load anything from here.");
    if (request.method === "OPTIONS")
      return sendPreflight(response, request.headers["access-control-request-headers"]);
    if (pending >= limits.hookPending)
      return refuse(response, 429, "Too many requests wait for an answer.\n", { "retry-after": "10" });
    pending += 1;
    response.once("close", () => {
      pending -= 1;
    });
    const bytes = await readBytes(request);
    if (bytes === 413) return refuse(response, 413, `The body is larger than ${limits.hookBody} bytes.\n`);
    if (bytes === 503) return refuse(response, 503, "Too much is being received.\n", { "retry-after": "10" });
    let inMemory = true;
    const released = () => {
      if (inMemory) held -= bytes.length;
      inMemory = false;
    };
    try {
      const prefix = HOOKS_PATH + token;
      const facts = { address: addressOf(request), origin: originOf(request.headers), prefix };
      await pass(token, response, await httpEvent(request, bytes, facts), released);
    } catch (error) {
      released();
      throw error;
    }
  }

  async function pass(
    token: string,
    response: http.ServerResponse,
    event: HttpEvent,
    released: () => void,
  ): Promise<void> {
    const id = newId();
    const hook = hookOf(token);
    const timer = setTimeout(
      () =>
        sendWords(
          response,
          202,
          `The workflow has the request; its answer takes longer than ${limits.hookAnswerMs / 1000} seconds.\n`,
        ),
      limits.hookAnswerMs,
    );
    response.once("close", () => {
      clearTimeout(timer);
      hook.gone(id);
      forgetIdle(token);
    });
    await hook.arrive({
      id,
      at: Date.now(),
      event,
      asker: {
        answer: (answer) => sendAnswer(response, answer ?? defaultAnswer),
        words: (status, text) =>
          sendWords(response, status, text, status === 429 ? { "retry-after": "60" } : {}),
      },
      released,
    });
  }

  function serve(socket: WebSocket): void {
    const page: HookPage = {
      send: (event) => {
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event));
      },
    };
    const heard = new Set<string>();

    async function obey(command: HooksCommand): Promise<void> {
      if (command.op === "watch") {
        watchers.set(page, new Set(command.tokens));
        for (const token of command.tokens)
          page.send({ ev: "kept", token, count: (await shelf.list(token)).length });
      } else if (command.op === "listen") {
        heard.add(command.token);
        await hookOf(command.token)
          .listen(page)
          .catch((error: unknown) =>
            page.send({ ev: "failed", token: command.token, message: words(error) }),
          );
      } else if (command.op === "leave" || command.op === "drop") {
        heard.delete(command.token);
        await (command.op === "leave" ? hookOf(command.token).leave(page) : hookOf(command.token).drop());
        forgetIdle(command.token);
      } else if (command.op === "answer") {
        for (const token of heard) await hooks.get(token)?.answer(page, command.id, command.response);
      } else {
        for (const token of heard) await hooks.get(token)?.[command.op](page, command.id);
      }
    }

    socket.on("message", (message, isBinary) => {
      const command = isBinary ? null : readHooksCommand(String(message));
      if (command === null) return socket.close(1003, "Not a message of this protocol.");
      obey(command).catch(() => socket.close(1011, "The request could not be kept."));
    });
    // `ws` closes the socket itself after an error; "close" does the rest.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      watchers.delete(page);
      for (const token of heard) {
        void hooks
          .get(token)
          ?.leave(page)
          .finally(() => forgetIdle(token));
      }
    });
  }

  return {
    handle(request, response) {
      const url = request.url ?? "";
      if (!url.startsWith(HOOKS_PATH)) return false;
      const refusal = refuseHost(request.headers);
      if (refusal) refuse(response, refusal.status, refusal.message);
      else {
        const token = url.slice(HOOKS_PATH.length).split(/[/?#]/, 1)[0] ?? "";
        receive(token, request, response).catch(() => request.destroy());
      }
      return true;
    },
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (opened) => {
        if (server.clients.size > limits.sockets) opened.close(1013, "Too many sockets are open.");
        else serve(opened);
      });
    },
    async close() {
      for (const client of server.clients) client.terminate();
      server.close();
      await Promise.all([...hooks.values()].map((hook) => hook.close()));
    },
  };
}

/**
 * Nothing on the app's own page asks for a hook (as a script, a worker, a style), whoever wrote it; a person who follows a link does.
 */
function isOfOurPage(headers: http.IncomingHttpHeaders): boolean {
  if (headers["service-worker"] !== undefined) return true;
  const visits = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return headers["sec-fetch-site"] === "same-origin" && !visits;
}

/** What was not read of the request is not waited for. */
function refuse(
  response: http.ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendWords(response, status, text, { connection: "close", ...headers }, status !== 404 && status !== 403);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
