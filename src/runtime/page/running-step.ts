import type { LockedPackage } from "../../lib/locked-package.ts";
import type { WorkerToPage } from "../messages.ts";
import type { StepEvent, StepOutcome } from "../protocol.ts";
import { readDisplay } from "./display.ts";
import type { PassedExports } from "./passed-exports.ts";
import type { StepStore } from "./step-data-store.ts";
import type { TimeLimit } from "./time-limit.ts";
import { readPackages, readStoreRequest } from "./worker-messages.ts";

/** What a step may show besides text; Python's limit is 32 MiB, and says so. */
const MAX_SHOWN_BYTES = 40 * 1024 * 1024;
/** What the exports of a step may take together, each time that they are sent; Python sends them once or twice. */
const MAX_EXPORTED_BYTES = 100 * 1024 * 1024;

/** What a worker says of the step that it runs, but for its output and its end. */
type StepMessage = Extract<
  WorkerToPage,
  { type: "running" | "phase" | "exports" | "display" | "installed" | "locked" | "data-store" }
>;

/** A step while a worker runs it. */
export interface RunningStep {
  readonly id: number;
  readonly onEvent: (event: StepEvent) => void;
  readonly finish: (outcome: StepOutcome) => void;
  readonly limit: TimeLimit;
  /** Its data store; null: it has none. */
  readonly store: StepStore | null;
  /** What ended it, where it did not end by itself. */
  ending: StepOutcome | null;
  /** Reports what the worker says of it. False: no Python of ours says that, or so much. */
  take(message: StepMessage): boolean;
}

export interface RunningStepOptions
  extends Pick<RunningStep, "id" | "onEvent" | "finish" | "limit" | "store"> {
  readonly passed: PassedExports;
  /** The worker has these now. */
  readonly onInstalled: (packages: readonly LockedPackage[]) => void;
  /** What has come is nothing that our Python says. False: there has been too much of that. */
  readonly malformed: () => boolean;
}

export function createRunningStep({
  passed,
  onInstalled,
  malformed,
  ...step
}: RunningStepOptions): RunningStep {
  const { id, onEvent, limit, store } = step;
  /** Its own code has begun: what packages it has is settled. */
  let hasBegun = false;
  /** Of what it shows besides text. */
  let shownBytes = 0;
  let exportedBytes = 0;

  function takeExports({ bytes, kept }: Extract<StepMessage, { type: "exports" }>): void {
    exportedBytes += bytes.byteLength;
    if (exportedBytes > MAX_EXPORTED_BYTES) return;
    const json = new TextDecoder().decode(bytes);
    if (kept) passed.reported(id, json);
    onEvent({ type: "exports", json });
  }

  function takeDisplay({ head, parts }: Extract<StepMessage, { type: "display" }>): void {
    shownBytes += parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const display = shownBytes <= MAX_SHOWN_BYTES && readDisplay(head, parts);
    if (display) onEvent({ type: "display", display });
  }

  /** The sandbox isn't trusted: what is no list of packages is not passed on. */
  function takePackages({ type, json }: Extract<StepMessage, { type: "installed" | "locked" }>): void {
    const packages = hasBegun ? undefined : readPackages(json);
    if (!packages) return;
    if (type === "installed") onInstalled(packages);
    onEvent({ type, packages });
  }

  /** Which store that is says the step, never the message. */
  function takeStoreRequest(text: string): boolean {
    const request = store && readStoreRequest(text);
    return request ? store.take(request, text.length) : malformed();
  }

  return {
    ...step,
    ending: null,
    take(message) {
      if (message.type === "running") {
        if (message.id !== id) return true;
        hasBegun = true;
        limit.start();
        onEvent({ type: "phase", text: "" });
      } else if (message.type === "phase") onEvent(message);
      else if (message.type === "exports") takeExports(message);
      else if (message.type === "display") takeDisplay(message);
      // One of an earlier step that was stopped is late.
      else if (message.type === "data-store") return message.id !== id || takeStoreRequest(message.request);
      else takePackages(message);
      return true;
    },
  };
}
