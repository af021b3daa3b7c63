import type {
  CompletionItem,
  CompletionList,
  CompletionParams,
  DefinitionParams,
  Hover,
  HoverParams,
  InitializeParams,
  InitializeResult,
  Location,
  LocationLink,
  PublishDiagnosticsParams,
  ReferenceParams,
  RenameParams,
  SignatureHelp,
  SignatureHelpParams,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";

/** The requests that are made, with what goes in and comes back (Language Server Protocol 3.17). */
interface Requests {
  initialize: [InitializeParams, InitializeResult];
  "textDocument/completion": [CompletionParams, CompletionList | CompletionItem[] | null];
  "completionItem/resolve": [CompletionItem, CompletionItem];
  "textDocument/hover": [HoverParams, Hover | null];
  "textDocument/signatureHelp": [SignatureHelpParams, SignatureHelp | null];
  "textDocument/definition": [DefinitionParams, Location | Location[] | LocationLink[] | null];
  "textDocument/references": [ReferenceParams, Location[] | null];
  "textDocument/rename": [RenameParams, WorkspaceEdit | null];
}

/** Where the server's messages come from and go to: a `Worker`, or what stands for one in tests. */
export interface ServerPort {
  postMessage(message: unknown, transfer?: readonly MessagePort[]): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  /** It has failed and does nothing any more. */
  onerror: ((event: unknown) => void) | null;
  terminate(): void;
}

export interface Rpc {
  /** Rejects where the server refuses, and when it is gone. `signal` tells it that nobody waits any more; the answer is null then. */
  request<M extends keyof Requests>(
    method: M,
    params: Requests[M][0],
    signal?: AbortSignal,
  ): Promise<Requests[M][1]>;
  notify(method: string, params: unknown): void;
  /** Whoever waits for an answer is told that none comes. */
  close(reason: string): void;
}

interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** JSON-RPC with a language server behind a port. What it asks of its client is answered with "nothing special". */
export function createRpc(port: ServerPort, onDiagnostics: (params: PublishDiagnosticsParams) => void): Rpc {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const send = (message: Message) => port.postMessage({ jsonrpc: "2.0", ...message });

  port.onmessage = ({ data }) => {
    if (typeof data !== "object" || data === null) return;
    const message = data as Message;
    if (message.method === undefined) {
      settle(message);
    } else if (message.id !== undefined && message.id !== null) {
      send({ id: message.id, result: answerTo(message) });
    } else if (message.method === "textDocument/publishDiagnostics") {
      onDiagnostics(message.params as PublishDiagnosticsParams);
    }
  };

  function settle({ id, result, error }: Message): void {
    const entry = typeof id === "number" ? waiting.get(id) : undefined;
    if (typeof id !== "number" || entry === undefined) return;
    waiting.delete(id);
    if (error === undefined) entry.resolve(result);
    else entry.reject(new Error(error.message));
  }

  return {
    request<M extends keyof Requests>(method: M, params: Requests[M][0], signal?: AbortSignal) {
      const id = ++lastId;
      const answer = new Promise<Requests[M][1]>((resolve, reject) =>
        waiting.set(id, { resolve: (result) => resolve(result as Requests[M][1]), reject }),
      );
      send({ id, method, params });
      signal?.addEventListener(
        "abort",
        () => {
          if (!waiting.has(id)) return;
          send({ method: "$/cancelRequest", params: { id } });
          settle({ id, result: null });
        },
        { once: true },
      );
      return answer;
    },
    notify: (method, params) => send({ method, params }),
    close(reason) {
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}

/** Settings are in a file of the server's; progress bars and registrations are of no use here. */
function answerTo({ method, params }: Message): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { items: readonly { readonly section?: string }[] };
  return items.map(({ section }) =>
    section === "basedpyright.analysis"
      ? { autoImportCompletions: false, diagnosticMode: "openFilesOnly" }
      : {},
  );
}
