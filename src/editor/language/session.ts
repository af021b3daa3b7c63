import type {
  CompletionItem,
  Hover,
  Position,
  PublishDiagnosticsParams,
  Range,
  SignatureHelp,
  TextEdit,
} from "vscode-languageserver-protocol";
import { type LanguageHost, stepsAbove } from "./host.ts";
import type { Mark } from "./marks.ts";
import { exportedAt, stepsPathAt } from "./python/subscripts.ts";
import { createOpenDocument, type OpenDocument } from "./server/open-document.ts";
import { runServer } from "./server/running-server.ts";
import { MOST_OPEN, slotOf } from "./server/settings.ts";
import { createStepContexts } from "./step-context.ts";

/** A place in the code of a step. */
export interface StepPlace {
  readonly stepId: string;
  readonly range: Range;
  /** Columns of what was pointed at; null: the word. */
  readonly from: Range | null;
}

/** The editor of a step, as the session sees it. */
export interface StepView {
  text(): string;
  /** What one of the two has to say of the code as it is now; each time all of it. */
  show(source: Mark["source"], marks: readonly Mark[]): void;
}

/** A step whose editor is there. Nothing is known while the server isn't: answers are empty then. */
export interface OpenStep {
  /** The text has changed. */
  changed(): void;
  close(): void;
  complete(position: Position, signal: AbortSignal): Promise<readonly CompletionItem[]>;
  /** A completion with its documentation. */
  resolve(item: CompletionItem): Promise<CompletionItem>;
  hover(position: Position, signal: AbortSignal): Promise<Hover | null>;
  signature(position: Position, signal: AbortSignal): Promise<SignatureHelp | null>;
  /** Where what is at a position comes from: in this step, or in the step that exported it. */
  definition(position: Position, signal: AbortSignal): Promise<readonly StepPlace[]>;
  references(position: Position, signal: AbortSignal): Promise<readonly Range[]>;
  /** The edits that give it another name; null where it isn't this step's own. */
  rename(position: Position, newName: string): Promise<readonly TextEdit[] | null>;
}

/** Knows the code of a workflow's steps: a language server, Ruff, and what the steps exported. */
export interface LanguageSession {
  open(stepId: string, view: StepView): OpenStep;
  dispose(): void;
}

/** Time without a change after which the code is looked at, in milliseconds. */
const LOOK_AFTER = 400;
/** Time after which other packages are taken note of, in milliseconds: a run that installs them has gone on by then. */
const FOLLOW_AFTER = 1500;

export function createLanguageSession(host: LanguageHost): LanguageSession {
  const open = new Map<number, OpenDocument>();
  let disposed = false;
  let followTimer: ReturnType<typeof setTimeout> | undefined;

  const server = runServer(host, {
    onReady: () => lookAtAll(),
    onGone() {
      for (const document of open.values()) document.forget();
    },
    onDiagnostics(params: PublishDiagnosticsParams) {
      const slot = slotOf(params.uri);
      if (slot !== null) open.get(slot)?.onDiagnostics(params);
    },
  });
  const contexts = createStepContexts(host, () => lookAtAll());
  const stopListening = host.onChange(() => {
    contexts.update();
    lookAtAll();
    follow();
  });
  server.follow();

  function lookAtAll(): void {
    for (const document of open.values()) document.lookSoon();
  }

  function follow(): void {
    clearTimeout(followTimer);
    followTimer = setTimeout(() => {
      if (host.isRunning()) follow();
      else if (!disposed) server.follow();
    }, FOLLOW_AFTER);
  }

  function freeSlot(): number | null {
    for (let slot = 0; slot < MOST_OPEN; slot++) if (!open.has(slot)) return slot;
    return null;
  }

  return {
    open(stepId, view) {
      const slot = freeSlot();
      if (slot === null || disposed) return unknownStep;
      const document = createOpenDocument({
        slot,
        view,
        server,
        lint: (code) => host.tools.ask("lint", { code }),
        contextOf(code) {
          const step = host.workflow().steps.find(({ id }) => id === stepId);
          return step === undefined ? null : contexts.of(step, code);
        },
        lookAfter: LOOK_AFTER,
      });
      open.set(slot, document);
      document.lookSoon();
      return {
        ...document.questions,
        changed: () => document.lookSoon(),
        close() {
          open.delete(slot);
          document.close();
        },
        async definition(position, signal) {
          const exporter = exporterOf(host, stepId, view.text(), position);
          if (exporter !== null) return [exporter];
          const ranges = await document.questions.ownDefinitions(position, signal);
          return ranges.map((range) => ({ stepId, range, from: null }));
        },
      };
    },
    dispose() {
      disposed = true;
      clearTimeout(followTimer);
      stopListening();
      contexts.dispose();
      for (const document of open.values()) document.close();
      open.clear();
      server.stop();
    },
  };
}

/** Where the step above that is read at `position` exports what is read there; null where none is. */
function exporterOf(host: LanguageHost, stepId: string, text: string, position: Position): StepPlace | null {
  const path = stepsPathAt(text.split("\n")[position.line] ?? "", position.character);
  const [name, ...keys] = path?.keys ?? [];
  const step = stepsAbove(host.workflow(), stepId).find((above) => above.name === name);
  if (path === null || step === undefined) return null;
  const { line, start, end } = exportedAt(step.code, keys);
  return {
    stepId: step.id,
    range: { start: { line, character: start }, end: { line, character: end } },
    from: {
      start: { line: position.line, character: path.start },
      end: { line: position.line, character: path.end },
    },
  };
}

/** More steps are near the view than can be open: this one is only text. */
const unknownStep: OpenStep = {
  changed() {},
  close() {},
  complete: async () => [],
  resolve: async (item) => item,
  hover: async () => null,
  signature: async () => null,
  definition: async () => [],
  references: async () => [],
  rename: async () => null,
};
