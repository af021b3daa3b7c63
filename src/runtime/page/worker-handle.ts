import type { LockedPackage } from "../../lib/locked-package.ts";
import type { PageToWorker, WorkerToPage } from "../messages.ts";
import type { createWorkerNetwork, GatewayClient } from "../network/index.ts";
import { createOffences } from "../network/offences.ts";
import type {
  RunNetwork,
  StepDataStore,
  StepEvent,
  StepOutcome,
  StepRequest,
  WorkflowPackages,
} from "../protocol.ts";
import { showMarks } from "../shared/marks.ts";
import { crashError, rulesError, timeoutError } from "./errors.ts";
import type { KeptPython } from "./kept-workflows.ts";
import { createOutputInbox } from "./output-inbox.ts";
import { createPassedExports } from "./passed-exports.ts";
import { permittedNetwork } from "./permitted-network.ts";
import { createRunningStep, type RunningStep } from "./running-step.ts";
import type { Sandbox } from "./sandbox.ts";
import { createStepStore } from "./step-data-store.ts";
import { createTimeLimit } from "./time-limit.ts";
import { readOutcome, readWorkerMessage } from "./worker-messages.ts";

/** Messages in a quarter of a second that are a flood: ours come in batches. */
const FLOOD_MESSAGES = 4000;
/** How long is waited for what a killed worker had printed, in milliseconds: it's there at once, if the frame is. */
const LAST_WORDS = 100;
/** After a stop was asked for, how long a step may take to end before its worker is killed, in milliseconds. */
const GRACE = 300;

/** An interpreter that has grown beyond this many bytes is not used for another run: its memory never shrinks. */
const HEAP_LIMIT = 2 ** 30;

/** One worker of the sandbox: a Python interpreter that runs one step at a time. */
export interface WorkerHandle {
  /** Python's version, once it is up. Rejects with a sentence when it could not start. */
  readonly ready: Promise<string>;
  /** It has been `ready`. */
  readonly isUp: boolean;
  readonly dead: boolean;
  readonly busy: boolean;
  /** It holds more memory than the next run should begin with. */
  readonly bloated: boolean;
  /**
   * Whether it has another file of one of these packages installed than the one that is locked; before its first run, also whether it
   * has others.
   */
  differsFrom(lock: readonly LockedPackage[]): boolean;
  beginRun(network: RunNetwork, packages: WorkflowPackages): void;
  step(request: StepRequest, onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  installAll(onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  stop(): void;
  kill(): void;
  /** The browser has ended it, and the frame that it was in. */
  lost(): void;
}

export interface WorkerDeps {
  readonly id: number;
  readonly sandbox: Sandbox;
  readonly client: GatewayClient;
  readonly createNetwork: typeof createWorkerNetwork;
  /** Step ids, counted over all workers. */
  readonly nextStepId: () => number;
  /** It was up and is dead now. */
  readonly onDeath: () => void;
  /** What it starts from, where that is not a Python without packages. */
  readonly from?: KeptPython | undefined;
}

export function createWorkerHandle({
  id,
  sandbox,
  client,
  createNetwork,
  nextStepId,
  onDeath,
  from,
}: WorkerDeps): WorkerHandle {
  let dead = false;
  let wasReady = false;
  let bloated = false;
  let running: RunningStep | null = null;
  let permitted: RunNetwork | null = null;
  /** Name → sha256. */
  const installed = new Map(from?.packages.map(({ name, sha256 }) => [name, sha256]));
  const output = createOutputInbox((total) => sandbox.outputTaken(id, total));
  const offences = createOffences(undefined, FLOOD_MESSAGES);
  /** What is written into a data store is not sent in batches, so that nothing of it waits in a Python that is killed. */
  const storeOffences = createOffences();
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  const control = new MessageChannel();
  const port = control.port1;
  const passed = createPassedExports();
  const send = (message: PageToWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const network = createNetwork({
    client,
    onConnection: (connection) => running?.onEvent({ type: "connection", connection }),
    permitted: permittedNetwork(
      () => running,
      () => permitted,
    ),
  });

  let settleReady: { resolve: (version: string) => void; reject: (error: Error) => void };
  const ready = new Promise<string>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  // Nobody may be waiting for a spare when it fails.
  ready.catch(() => {});

  function finish(outcome: StepOutcome): void {
    const step = running;
    if (!step) return;
    // While the step still listens: its connections end with it, and are shown so.
    network.endStep();
    running = null;
    clearTimeout(graceTimer);
    step.limit.cancel();
    output.end();
    step.finish(step.ending ?? outcome);
  }

  function kill(outcome: StepOutcome = { status: "stopped" }): void {
    if (dead) return;
    dead = true;
    clearTimeout(graceTimer);
    network.close();
    settleReady.reject(new Error("Python was ended before it was ready."));
    void Promise.all([lastWords(), running?.store?.lastRequests()]).then(async () => {
      port.close();
      await running?.store?.settled();
      finish(outcome);
    });
    if (wasReady) onDeath();
  }

  async function lastWords(): Promise<void> {
    const heard = sandbox.kill(id).then((batch) => (batch ? output.lastWords(batch) : undefined));
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, LAST_WORDS))]);
  }

  function end(ending: StepOutcome): void {
    if (dead || !running || running.ending) return;
    running.ending = ending;
    // The message first: a signal to a Python that is suspended would lose the cancel (runtime.md, "The order that works").
    send({ type: "stop", id: running.id });
    sandbox.interrupt(id, running.id);
    graceTimer = setTimeout(() => kill(ending), GRACE);
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const isStore = Reflect.get(Object(data), "type") === "data-store";
    const message = (isStore ? storeOffences : offences).message() ? readWorkerMessage(data) : undefined;
    if (message) take(message);
    else if (message === undefined || !offences.malformed()) breakOff();
  };

  /** Its code does with the port what ours never does: nothing of what it has sent counts any more. */
  function breakOff(): void {
    port.close();
    kill({ status: "failed", error: rulesError() });
  }

  function take(message: WorkerToPage): void {
    if (message.type === "ready") {
      wasReady = true;
      showMarks(message.times);
      settleReady.resolve(message.pythonVersion);
    } else if (message.type === "boot-failed") {
      settleReady.reject(new Error(message.message));
      kill();
    } else if (message.type === "crashed") kill({ status: "failed", error: crashError(message.message) });
    else if (message.type === "output") output.sent(message);
    else if (!running) return;
    else if (message.type === "done") takeEnd(running, message);
    else if (!running.take(message)) breakOff();
  }

  function lost(): void {
    kill({ status: "failed", error: crashError("The worker is gone.") });
  }

  function takeEnd(step: RunningStep, message: Extract<WorkerToPage, { type: "done" }>): void {
    if (message.id !== step.id) return;
    const outcome = readOutcome(message.outcome);
    bloated = message.heapBytes > HEAP_LIMIT;
    if (!outcome) breakOff();
    else
      void Promise.all([network.settled(), step.store?.settled()]).then(() => {
        if (running === step) finish(outcome);
      });
  }

  function start(
    onEvent: (event: StepEvent) => void,
    timeLimitMs: number,
    dataStore: StepDataStore | null,
    messageOf: (stepId: number) => { message: PageToWorker; transfer?: Transferable[] },
  ): Promise<StepOutcome> {
    return new Promise((resolve) => {
      if (dead) return resolve({ status: "stopped" });
      const stepId = nextStepId();
      running = createRunningStep({
        id: stepId,
        onEvent,
        finish: resolve,
        limit: createTimeLimit(timeLimitMs, () =>
          end({ status: "failed", error: timeoutError(timeLimitMs) }),
        ),
        store: dataStore && createStepStore(dataStore, stepId, network.tellWorker),
        passed,
        onInstalled(packages) {
          for (const { name, sha256 } of packages) installed.set(name, sha256);
        },
        malformed: offences.malformed,
      });
      output.begin(onEvent);
      network.beginStep();
      const { message, transfer } = messageOf(stepId);
      send(message, transfer);
    });
  }

  sandbox.spawn(
    id,
    [control.port2, network.socketPort, network.fetchPort],
    {
      onFailed(message) {
        settleReady.reject(new Error(message));
        kill({ status: "failed", error: crashError(message) });
      },
      onPending: output.found,
    },
    { from: from && { memory: from.memory, files: from.files } },
  );

  return {
    ready,
    get isUp() {
      return wasReady;
    },
    get dead() {
      return dead;
    },
    get busy() {
      return running !== null;
    },
    get bloated() {
      return bloated;
    },
    differsFrom(lock) {
      if (lock.some(({ name, sha256 }) => installed.has(name) && installed.get(name) !== sha256)) return true;
      const names = new Set(lock.map(({ name }) => name));
      return permitted === null && Boolean(from?.packages.some(({ name }) => !names.has(name)));
    },
    beginRun(newNetwork, packages) {
      permitted = newNetwork;
      passed.clear();
      send({ type: "begin-run", packagesJson: JSON.stringify(packages) });
    },
    step: ({ timeLimitMs, steps: given, isFollowed, dataStore, ...rest }, onEvent) =>
      start(onEvent, timeLimitMs, dataStore, (id) => {
        const { steps, transfer } = passed.forWorker(given);
        const request = { ...rest, dataStore: dataStore?.name ?? null };
        return { message: { type: "step", id, step: { request, steps, isFollowed } }, transfer };
      }),
    // Its time limit never begins: downloads take as long as they take, and Stop ends them.
    installAll: (onEvent) =>
      start(onEvent, Number.POSITIVE_INFINITY, null, (id) => ({ message: { type: "install", id } })),
    stop: () => end({ status: "stopped" }),
    kill: () => kill(),
    lost,
  };
}
