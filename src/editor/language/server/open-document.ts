import type {
  Location,
  LocationLink,
  Position,
  PublishDiagnosticsParams,
  Range,
} from "vscode-languageserver-protocol";
import type { Mark } from "../marks.ts";
import { typedText } from "../python/typed-text.ts";
import type { OpenStep, StepView } from "../session.ts";
import { type StepContext, type StepStub, stepStub } from "../stubs/step-stub.ts";
import { readDiagnostics } from "./read-diagnostics.ts";
import type { Rpc } from "./rpc.ts";
import type { RunningServer } from "./running-server.ts";
import { uriOf } from "./settings.ts";

export interface OpenDocumentOptions {
  /** Its folder at the server. */
  readonly slot: number;
  readonly view: StepView;
  readonly server: Pick<RunningServer, "rpc">;
  lint(code: string): Promise<readonly Mark[]>;
  /** Null: the step has just been removed. */
  contextOf(code: string): StepContext | null;
  /** Milliseconds without a change. */
  readonly lookAfter: number;
}

/** A step's code at the language server, with the stub beside it. */
export interface OpenDocument {
  /** Sends what has changed and looks for mistakes, once nothing changes for a while. */
  lookSoon(): void;
  onDiagnostics(params: PublishDiagnosticsParams): void;
  /** The server knows nothing of it any more. */
  forget(): void;
  close(): void;
  readonly questions: Omit<OpenStep, "changed" | "close" | "definition"> & {
    /** Definitions in the same step. */
    ownDefinitions(position: Position, signal: AbortSignal): Promise<readonly Range[]>;
  };
}

export function createOpenDocument(options: OpenDocumentOptions): OpenDocument {
  const { slot, view, server, contextOf, lookAfter } = options;
  const uri = uriOf(slot, "step.py");
  const stubUri = uriOf(slot, "runnel_step.pyi");
  /** The stub of what the step could read last. */
  let known: { readonly context: StepContext; readonly stub: StepStub } | null = null;
  /** What the server has; null: nothing. */
  let sent: { readonly code: string; readonly stub: StepStub } | null = null;
  let version = 0;
  let said: PublishDiagnosticsParams | null = null;
  let linted: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  /** Brings the server to what the editor shows; null where there is no server. */
  function sync(): Rpc | null {
    const { rpc } = server;
    const code = view.text();
    const context = rpc === null || closed ? null : contextOf(code);
    if (rpc === null || context === null) return null;
    // Asked with every key, and of large exports it takes a while.
    if (known?.context !== context) known = { context, stub: stepStub(context) };
    const { stub } = known;
    const before = sent;
    sent = { code, stub };
    if (before === null) {
      version += 1;
      const opened = { languageId: "python", version };
      rpc.notify("textDocument/didOpen", { textDocument: { uri: stubUri, text: stub.text, ...opened } });
      rpc.notify("textDocument/didOpen", { textDocument: { uri, text: typedText(code), ...opened } });
      return rpc;
    }
    if (before.stub.text === stub.text && before.code === code) return rpc;
    version += 1;
    if (before.stub.text !== stub.text) change(rpc, stubUri, stub.text);
    // Also where only the stub has changed: what is said of the code is said of this version.
    change(rpc, uri, typedText(code));
    return rpc;
  }

  function change(rpc: Rpc, changed: string, text: string): void {
    rpc.notify("textDocument/didChange", {
      textDocument: { uri: changed, version },
      contentChanges: [{ text }],
    });
  }

  /** What the server said last, where that is of the code as it is now. Which keys are surely wrong can change without the code. */
  function showSaid(): void {
    if (closed || sent === null || said?.version !== version || view.text() !== sent.code) return;
    view.show("Python", readDiagnostics(said.diagnostics, sent.code, sent.stub.classes));
  }

  function look(): void {
    sync();
    showSaid();
    const code = view.text();
    if (linted === code) return;
    linted = code;
    options.lint(code).then(
      (marks) => {
        if (closed || view.text() !== code) return;
        view.show("Ruff", marks);
      },
      (error: unknown) => console.warn("The editor's linter has failed:", error),
    );
  }

  /** Asks about the text as it is now; what fails is like what isn't known. */
  async function ask<T>(question: (rpc: Rpc) => Promise<T>, nothing: T): Promise<T> {
    const rpc = sync();
    if (rpc === null) return nothing;
    return question(rpc).catch(() => nothing);
  }

  const at = (position: Position) => ({ textDocument: { uri }, position });

  return {
    lookSoon() {
      clearTimeout(timer);
      if (!closed) timer = setTimeout(look, lookAfter);
    },
    onDiagnostics(params) {
      said = params;
      showSaid();
    },
    forget() {
      sent = null;
      said = null;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      if (sent === null) return;
      for (const closing of [uri, stubUri])
        server.rpc?.notify("textDocument/didClose", { textDocument: { uri: closing } });
    },
    questions: {
      async complete(position, signal) {
        const list = await ask((rpc) => rpc.request("textDocument/completion", at(position), signal), null);
        return Array.isArray(list) ? list : (list?.items ?? []);
      },
      resolve: (item) => ask((rpc) => rpc.request("completionItem/resolve", item), item),
      hover: (position, signal) =>
        ask((rpc) => rpc.request("textDocument/hover", at(position), signal), null),
      signature: (position, signal) =>
        ask((rpc) => rpc.request("textDocument/signatureHelp", at(position), signal), null),
      async ownDefinitions(position, signal) {
        const found = await ask((rpc) => rpc.request("textDocument/definition", at(position), signal), null);
        return rangesIn(uri, found);
      },
      async references(position, signal) {
        const params = { ...at(position), context: { includeDeclaration: true } };
        return rangesIn(
          uri,
          await ask((rpc) => rpc.request("textDocument/references", params, signal), null),
        );
      },
      async rename(position, newName) {
        const edit = await ask(
          (rpc) => rpc.request("textDocument/rename", { ...at(position), newName }),
          null,
        );
        const changes = Object.entries(edit?.changes ?? {});
        for (const change of edit?.documentChanges ?? [])
          if ("edits" in change)
            changes.push([change.textDocument.uri, change.edits.filter((entry) => "newText" in entry)]);
        const own = changes.find(([changed]) => changed === uri)?.[1];
        return own !== undefined && changes.length === 1 ? own : null;
      },
    },
  };
}

function rangesIn(uri: string, found: Location | Location[] | LocationLink[] | null): readonly Range[] {
  return [found ?? []]
    .flat()
    .flatMap((place) =>
      "targetUri" in place
        ? place.targetUri === uri
          ? [place.targetSelectionRange]
          : []
        : place.uri === uri
          ? [place.range]
          : [],
    );
}
