import type { LockedPackage } from "../../lib/locked-package.ts";
import type { RunNetwork, RuntimeRun, StepEvent, StepOutcome, WorkflowPackages } from "../protocol.ts";
import { startError } from "./errors.ts";
import type { WorkerHandle } from "./worker-handle.ts";

export interface RunDeps {
  readonly network: RunNetwork;
  readonly packages: WorkflowPackages;
  /** The worker that can have the run at once; null: `acquire` is asked for one. */
  readonly atHand: WorkerHandle | null;
  /** Rejects with a sentence where Python can't be had. */
  readonly acquire: () => Promise<WorkerHandle>;
  /** Whether Python is up, so that nobody has to be told that it starts. */
  readonly isReady: () => boolean;
  /** A worker has the run. */
  readonly onBegun: () => void;
  /** `lock`: what the workflow's packages are by now; null where no step has succeeded. */
  readonly onEnd: (lock: readonly LockedPackage[] | null) => void;
}

/** One run of a workflow in one worker, which it gets at once where there is one at hand. */
export function createRun({
  network,
  packages,
  atHand,
  acquire,
  isReady,
  onBegun,
  onEnd,
}: RunDeps): RuntimeRun {
  let handle: WorkerHandle | null = null;
  let stopped = false;
  let lock = packages.lock;
  let succeeded = false;
  let signalStop: (value: null) => void = () => {};
  const stopSignal = new Promise<null>((resolve) => {
    signalStop = resolve;
  });

  function begin(worker: WorkerHandle): WorkerHandle {
    handle = worker;
    if (!stopped) worker.beginRun(network, packages);
    onBegun();
    return worker;
  }

  // At once where it can be: Python makes itself clean for the run while the page gathers what the step gets.
  const acquired = atHand ? Promise.resolve(begin(atHand)) : acquire().then(begin);
  // Reported by the first step.
  acquired.catch(() => {});

  async function withWorker(
    onEvent: (event: StepEvent) => void,
    work: (worker: WorkerHandle, onEvent: (event: StepEvent) => void) => Promise<StepOutcome>,
  ): Promise<StepOutcome> {
    try {
      if (!isReady()) onEvent({ type: "phase", text: "Starting Python…" });
      // Without a wait where none is needed: the worker has its work before the page draws that it has.
      const worker = handle ?? (await Promise.race([acquired, stopSignal]));
      if (stopped || !worker) return { status: "stopped" };
      const outcome = await work(worker, (event) => {
        if (event.type === "locked") lock = event.packages;
        onEvent(event);
      });
      succeeded ||= outcome.status === "success";
      return outcome;
    } catch (error) {
      return { status: "failed", error: startError(error instanceof Error ? error.message : String(error)) };
    }
  }

  return {
    step: (request, onEvent) => withWorker(onEvent, (worker, noted) => worker.step(request, noted)),
    installAll: (onEvent) => withWorker(onEvent, (worker, noted) => worker.installAll(noted)),
    stop() {
      stopped = true;
      signalStop(null);
      handle?.stop();
    },
    end() {
      if (handle?.bloated) handle.kill();
      onEnd(succeeded ? lock : null);
    },
  };
}
