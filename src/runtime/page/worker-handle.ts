import { type LockedPackage, lockedPackagesSchema } from "../../lib/locked-package.ts";
import type { OutputBatch, PageToWorker, WorkerToPage } from "../messages.ts";
import type { createWorkerNetwork, GatewayClient } from "../network/index.ts";
import type { RunNetwork, StepEvent, StepOutcome, StepRequest, WorkflowPackages } from "../protocol.ts";
import { OUTPUT_TOLD_EVERY, outputCost } from "../shared/output-flow.ts";
import { crashError, timeoutError } from "./errors.ts";
import type { KeptPython } from "./kept-workflows.ts";
import type { Sandbox } from "./sandbox.ts";
import { createTimeLimit, type TimeLimit } from "./time-limit.ts";

/** After a stop was asked for, how long a step may take to end before its worker is killed, in milliseconds. */
const GRACE = 300;

/** One worker of the sandbox: a Python interpreter that runs one step at a time. */
export interface WorkerHandle {
  /** Python's version, once it is up. Rejects with a sentence when it could not start. */
  readonly ready: Promise<string>;
  readonly dead: boolean;
  readonly busy: boolean;
  /** Whether it has another file of one of these packages installed than the one that is locked. */
  differsFrom(lock: readonly LockedPackage[]): boolean;
  beginRun(network: RunNetwork, packages: WorkflowPackages): void;
  step(request: StepRequest, onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  installAll(onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  stop(): void;
  kill(): void;
}

interface RunningStep {
  readonly id: number;
  readonly onEvent: (event: StepEvent) => void;
  readonly finish: (outcome: StepOutcome) => void;
  readonly decoders: Readonly<Record<"stdout" | "stderr", TextDecoder>>;
  readonly limit: TimeLimit;
  /** Its own code has begun: what packages it has is settled. */
  hasBegun: boolean;
  /** What ended it, where it did not end by itself. */
  ending: StepOutcome | null;
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
  let running: RunningStep | null = null;
  let permitted: RunNetwork | null = null;
  /** Name → sha256. */
  const installed = new Map(from?.packages.map(({ name, sha256 }) => [name, sha256]));
  /** Of the worker's output (shared/output-flow.ts): what was taken, and what of it the worker was told. */
  let taken = 0;
  let told = 0;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  const control = new MessageChannel();
  const port = control.port1;
  const send = (message: PageToWorker) => port.postMessage(message);
  const network = createNetwork({
    client,
    onConnection: (connection) => running?.onEvent({ type: "connection", connection }),
    permitted: {
      judge: (host, targetPort) => permitted?.judge(host, targetPort) ?? "deny",
      async ask(question) {
        const step = running;
        step?.limit.hold();
        try {
          return (await permitted?.ask(question)) ?? "deny";
        } finally {
          step?.limit.resume();
        }
      },
      reached: (host, targetPort, range) => permitted?.reached(host, targetPort, range),
      get secrets() {
        return permitted?.secrets ?? [];
      },
    },
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
    for (const stream of ["stdout", "stderr"] as const) {
      const text = step.decoders[stream].decode();
      if (text) step.onEvent({ type: "output", stream, text, at: Date.now() });
    }
    step.finish(step.ending ?? outcome);
  }

  function kill(outcome: StepOutcome = { status: "stopped" }): void {
    if (dead) return;
    dead = true;
    sandbox.kill(id);
    network.close();
    port.close();
    settleReady.reject(new Error("Python was ended before it was ready."));
    finish(outcome);
    if (wasReady) onDeath();
  }

  function end(ending: StepOutcome): void {
    if (!running || running.ending) return;
    running.ending = ending;
    // The message first: a signal to a Python that is suspended would lose the cancel (runtime.md, "The order that works").
    send({ type: "stop", id: running.id });
    sandbox.interrupt(id, running.id);
    graceTimer = setTimeout(() => kill(ending), GRACE);
  }

  port.onmessage = ({ data: message }: MessageEvent<WorkerToPage>) => {
    if (message.type === "ready") {
      wasReady = true;
      settleReady.resolve(message.pythonVersion);
    } else if (message.type === "boot-failed") {
      settleReady.reject(new Error(message.message));
      kill();
    } else if (message.type === "crashed") kill({ status: "failed", error: crashError(message.message) });
    else if (message.type === "output") takeOutput(message);
    else if (running) handleStepMessage(running, message);
  };

  function handleStepMessage(step: RunningStep, message: Exclude<WorkerToPage, { type: "output" }>): void {
    if (message.type === "running" && message.id === step.id) {
      step.hasBegun = true;
      step.limit.start();
    } else if (message.type === "phase" || message.type === "exports") step.onEvent(message);
    else if (message.type === "installed" || message.type === "locked") {
      if (!step.hasBegun) reportPackages(step, message.type, message.json);
    } else if (message.type === "done" && message.id === step.id) {
      const outcome = JSON.parse(message.outcome) as StepOutcome;
      void network.settled().then(() => {
        if (running === step) finish(outcome);
      });
    }
  }

  function reportOutput(step: RunningStep, { bytes, stretches, at }: OutputBatch): void {
    const all = new Uint8Array(bytes);
    let begin = 0;
    for (const [index, length] of stretches.entries()) {
      const stream = index % 2 === 0 ? "stdout" : "stderr";
      const text = step.decoders[stream].decode(all.subarray(begin, begin + length), { stream: true });
      begin += length;
      if (text) step.onEvent({ type: "output", stream, text, at });
    }
  }

  /** The sandbox isn't trusted: what is no output is passed over. */
  function takeOutput(batch: OutputBatch): void {
    if (!(batch.bytes instanceof ArrayBuffer && batch.stretches instanceof Uint32Array)) return;
    if (running) reportOutput(running, batch);
    taken = (taken + outputCost(batch.bytes.byteLength)) >>> 0;
    if ((taken - told) >>> 0 < OUTPUT_TOLD_EVERY) return;
    told = taken;
    sandbox.outputTaken(id, taken);
  }

  /** The sandbox isn't trusted: what is no list of packages is not passed on. */
  function reportPackages(step: RunningStep, type: "installed" | "locked", json: string): void {
    const packages = readPackages(json);
    if (!packages) return;
    if (type === "installed") for (const { name, sha256 } of packages) installed.set(name, sha256);
    step.onEvent({ type, packages });
  }

  function start(
    onEvent: (event: StepEvent) => void,
    timeLimitMs: number,
    message: (stepId: number) => PageToWorker,
  ): Promise<StepOutcome> {
    return new Promise((resolve) => {
      if (dead) return resolve({ status: "stopped" });
      const stepId = nextStepId();
      running = {
        id: stepId,
        onEvent,
        finish: resolve,
        decoders: { stdout: new TextDecoder(), stderr: new TextDecoder() },
        limit: createTimeLimit(timeLimitMs, () =>
          end({ status: "failed", error: timeoutError(timeLimitMs) }),
        ),
        hasBegun: false,
        ending: null,
      };
      network.beginStep();
      send(message(stepId));
    });
  }

  sandbox.spawn(
    id,
    [control.port2, network.socketPort, network.fetchPort],
    (message) => {
      settleReady.reject(new Error(message));
      kill({ status: "failed", error: crashError(message) });
    },
    { from: from && { memory: from.memory, files: from.files } },
  );

  return {
    ready,
    get dead() {
      return dead;
    },
    get busy() {
      return running !== null;
    },
    differsFrom: (lock) =>
      lock.some(({ name, sha256 }) => installed.has(name) && installed.get(name) !== sha256),
    beginRun(newNetwork, packages) {
      permitted = newNetwork;
      send({ type: "begin-run", packagesJson: JSON.stringify(packages) });
    },
    step: ({ timeLimitMs, ...request }, onEvent) =>
      start(onEvent, timeLimitMs, (stepId) => ({ type: "step", id: stepId, request })),
    // Its time limit never begins: downloads take as long as they take, and Stop ends them.
    installAll: (onEvent) =>
      start(onEvent, Number.POSITIVE_INFINITY, (stepId) => ({ type: "install", id: stepId })),
    stop: () => end({ status: "stopped" }),
    kill: () => kill(),
  };
}

function readPackages(json: string): readonly LockedPackage[] | undefined {
  try {
    return lockedPackagesSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
