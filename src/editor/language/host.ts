import type { PastExports } from "../../runs/index.ts";
import type { LockedPackage, Step, Workflow } from "../../workflow/index.ts";
import type { ServerPort } from "./server/rpc.ts";
import type { Tools } from "./tools/tools.ts";

/** A step's last result, as far as its exports go. */
export interface ResultFacts {
  /** JSON text of an object, secrets replaced; null where there are none. */
  readonly exportsJson: string | null;
  readonly status: "not-tested" | "running" | "success" | "failed";
  /** The step is not as it was when it ran. */
  readonly stale: boolean;
}

/** What the language session needs of the editor. */
export interface LanguageHost {
  workflow(): Workflow;
  /** Something has changed that steps can read: steps, results, the event, attached apps, packages. Gives the way to end it. */
  onChange(listener: () => void): () => void;
  resultOf(stepId: string): ResultFacts;
  /**
   * What these steps exported in their last `count` runs that are kept, newest first. Each run is read in a time when neither the person
   * nor a run wants the page. Ends with the signal's reason when that aborts.
   */
  pastExports(steps: readonly Step[], count: number, signal: AbortSignal): AsyncIterable<PastExports>;
  /** Names of the properties of an app's accounts. Rejects where there is no such app. */
  appFields(slug: string): Promise<readonly string[]>;
  /** The file of a package, or null where it can't be had. */
  packageFile(entry: LockedPackage, signal: AbortSignal): Promise<Blob | null>;
  startServer(): ServerPort;
  readonly tools: Tools;
  /** Whether a run goes on, which has the processor first. */
  isRunning(): boolean;
}

/** The steps above one, from the first. */
export function stepsAbove(workflow: Workflow, stepId: string): readonly Step[] {
  const index = workflow.steps.findIndex(({ id }) => id === stepId);
  return workflow.steps.slice(0, Math.max(index, 0));
}
