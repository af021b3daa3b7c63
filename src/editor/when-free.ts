import type { EditorContextValue } from "./services.ts";

/** Longer is not waited, in milliseconds: a first visit downloads Python for a while. */
const LIMIT = 1500;

/**
 * Resolves when the page's thread may be taken for long: Python has started, what was clicked as soon as it could be has begun, and no
 * step runs. The network of a step that runs passes through this thread.
 */
export function whenFree(editor: Pick<EditorContextValue, "language" | "runs">): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, LIMIT));
  return Promise.race([free(editor), late]);
}

async function free({ language, runs }: Pick<EditorContextValue, "language" | "runs">): Promise<void> {
  await language?.pythonStarted();
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  const isRunning = () => runs.getState().running !== null;
  if (!isRunning()) return;
  await new Promise<void>((resolve) => {
    const stop = runs.subscribe(() => {
      if (isRunning()) return;
      stop();
      resolve();
    });
  });
}
