/** What the tests of a worker's handle share: a handle, and in place of its worker a test that says what it wants. */
import { expect, onTestFinished } from "vitest";
import type { LockedPackage } from "../../lib/locked-package.ts";
import type { OutputBatch, PageToWorker, WorkerToPage } from "../messages.ts";
import { decodeFrame } from "../network/frames.ts";
import { createGatewayClient } from "../network/index.ts";
import type { GivenExports, RunNetwork, StepDataStore, StepEvent, StepOutcome } from "../protocol.ts";
import type { KeptPython } from "./kept-workflows.ts";
import { createWorkerHandle, type WorkerHandle } from "./worker-handle.ts";

export const noNetwork: RunNetwork = {
  judge: () => "deny",
  ask: async () => "deny",
  reached() {},
  secrets: [],
};

export const success: StepOutcome = { status: "success", exit: null, wait: null };
/** What a worker says at the end of the step, whose id is 7 in all tests. */
export const ended = (outcome: unknown = success, heapBytes = 50 * 2 ** 20): WorkerToPage => ({
  type: "done",
  id: 7,
  outcome: JSON.stringify(outcome),
  heapBytes,
});

/** One package in this version. */
export const locked = (version: string): LockedPackage => ({
  name: "idna",
  version,
  sha256: version.padEnd(64, "0"),
  filename: `idna-${version}-py3-none-any.whl`,
  source: "index",
  asked: ["idna"],
  requires: [],
});

/** A handle of a test, and the end of it that is the worker's. `unsent`: what it has not sent when it is killed. */
export function start(unsent: OutputBatch | null = null, from?: KeptPython) {
  const deaths: number[] = [];
  let control: MessagePort | null = null;
  const ports: MessagePort[] = [];
  const networks: RunNetwork[] = [];
  const taken: number[] = [];
  const told: unknown[] = [];
  const channel = () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    return port2;
  };
  const handle = createWorkerHandle({
    id: 1,
    client: createGatewayClient({ origin: "http://runnel.test", token: "" }),
    createNetwork: (deps) => {
      networks.push(deps.permitted);
      return {
        socketPort: channel(),
        fetchPort: channel(),
        beginStep() {},
        settled: async () => {},
        endStep() {},
        tellWorker: (frame) => void told.push(decodeFrame(frame)),
        close() {},
      };
    },
    sandbox: {
      initialise: async () => {},
      remove() {},
      spawn: (_id, [port]) => {
        control = port;
      },
      interrupt() {},
      outputTaken: (_id, total) => void taken.push(total),
      kill: async () => unsent,
    },
    nextStepId: () => 7,
    onDeath: () => void deaths.push(1),
    from,
  });
  if (!control) throw new Error("The handle made no worker.");
  const worker: MessagePort = control;
  ports.push(worker);
  onTestFinished(() => {
    for (const each of ports) each.close();
  });
  const asked: PageToWorker[] = [];
  worker.onmessage = ({ data }: MessageEvent<PageToWorker>) => {
    asked.push(data);
  };
  return {
    handle,
    asked,
    taken,
    told,
    deaths,
    permitted: networks[0],
    say: (message: WorkerToPage) => worker.postMessage(message),
  };
}

/** Has the handle run a step; gives how it ends. */
export function stepOf(
  handle: WorkerHandle,
  events: StepEvent[],
  steps: readonly GivenExports[] = [],
  dataStore: StepDataStore | null = null,
) {
  const request = { name: "a", code: "", isFollowed: false, steps, inputs: {}, unconnected: [], env: {} };
  const flow = { urls: { resume_url: "", cancel_url: "" }, run: { runs: 1, context: null } };
  const whole = { ...request, dataStore, flow, timeLimitMs: 60_000 };
  return handle.step(whole, (event) => void events.push(event));
}

/** Runs a step in which the worker says these things; gives what was reported. */
export async function reported(
  { handle, say }: ReturnType<typeof start>,
  ...messages: readonly WorkerToPage[]
): Promise<StepEvent[]> {
  const events: StepEvent[] = [];
  const done = stepOf(handle, events);
  for (const message of messages) say(message);
  say(ended());
  expect(await done).toEqual(success);
  return events;
}

/** Output of both streams in turns, each as long as `stretches` says; without, all of it is of stdout. */
export function batch(number: number, text: string, stretches?: readonly number[]): OutputBatch {
  const bytes = new TextEncoder().encode(text);
  return { number, bytes: bytes.buffer, stretches: Uint32Array.from(stretches ?? [bytes.length]), at: 1 };
}
