import { type StepRunState, stateOf } from "../runs/index.ts";
import type { LanguageHost, ResultFacts } from "./language/host.ts";
import type { ServerPort } from "./language/server/rpc.ts";
import type { EditorContextValue } from "./services.ts";
import { inQuiet, whenQuiet } from "./when-quiet.ts";

/**
 * Starts what knows the code of the steps, when nothing else wants the processor: after the first step's editor is there, Python has
 * started and the person has paused. Gives the way to end it. What goes wrong is for the console: the editor works without it.
 */
export function startLanguage(editor: EditorContextValue): () => void {
  const { language, languageSession } = editor;
  const ended = new AbortController();
  const start = async (services: NonNullable<typeof language>) => {
    await services.pythonStarted();
    await whenQuiet(() => hasEditor() && !isRunning(editor), ended.signal);
    const [session, { tools }, { languageServerUrl }] = await Promise.all([
      import("./language/session.ts"),
      import("./language/tools/tools.ts"),
      import("virtual:runnel-language-server"),
    ]);
    if (ended.signal.aborted) return;
    const created = session.createLanguageSession({
      ...hostOf(editor),
      packageFile: services.packageFile,
      startServer: () => portOf(new Worker(languageServerUrl, { name: "language server" })),
      tools: tools(),
    });
    ended.signal.addEventListener("abort", () => {
      languageSession.setState({ session: null });
      created.dispose();
    });
    languageSession.setState({ session: created });
  };
  if (language !== null)
    start(language).catch((error: unknown) => {
      if (!ended.signal.aborted) console.warn("The editor's knowledge of Python did not start:", error);
    });
  return () => ended.abort();
}

function portOf(worker: Worker): ServerPort {
  const port: ServerPort = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    terminate: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<unknown>) => port.onmessage?.({ data });
  worker.onerror = ({ message }) => port.onerror?.(new Error(message || "Its script could not be loaded."));
  return port;
}

const hasEditor = () => document.querySelector("[data-step] .monaco-editor") !== null;
const isRunning = ({ runs }: EditorContextValue) => runs.getState().running !== null;

function hostOf(editor: EditorContextValue): Omit<LanguageHost, "packageFile" | "startServer" | "tools"> {
  const { document, runs, history, catalog } = editor;
  return {
    workflow: () => document.getState().workflow,
    onChange(listener) {
      const endings = [
        document.subscribe((now, before) => {
          if (now.workflow !== before.workflow) listener();
        }),
        runs.subscribe((now, before) => {
          if (now.steps !== before.steps && now.running === null) listener();
        }),
      ];
      return () => {
        for (const end of endings) end();
      };
    },
    resultOf: (stepId) => resultFacts(stateOf(runs.getState(), stepId)),
    pastExports: (steps, count, signal) =>
      inQuiet(history.getState().exportsOf(steps, count), () => !isRunning(editor), signal),
    appFields: async (slug) => (await catalog.loadApp(slug)).fields.map(({ name }) => name),
    isRunning: () => isRunning(editor),
  };
}

function resultFacts({ exportsJson, status, stale }: StepRunState): ResultFacts {
  return { exportsJson, stale, status: status === "stopped" ? "failed" : status };
}
