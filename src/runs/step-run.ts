import { formatDuration } from "../lib/format.ts";
import type { Display, StepEvent, StepOutcome } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";
import { MAX_SHOWN, MAX_SHOWN_SIZE, maskDisplay, sizeOf } from "./displays.ts";
import { createLogBuffer, type LogBuffer } from "./log/log-buffer.ts";
import { createNetworkView } from "./network/network-view.ts";
import { redactError } from "./redact.ts";
import { type FinishedStep, type StepRunState, untestedState } from "./step-state.ts";

/** The view is told at most this often while a step runs, in milliseconds. */
const UPDATE_EVERY = 50;
/** And pauses at least so many times as long as it took to draw: a long log leaves the page time for other things. */
const DRAW_PAUSE = 8;

/** Folds the events of one running step into the state its card shows. */
export interface StepRun {
  readonly log: LogBuffer;
  readonly onEvent: (event: Exclude<StepEvent, { type: "locked" }>) => void;
  /** The state after its end. Rejects never. */
  finish(outcome: StepOutcome): Promise<FinishedStep>;
}

export function createStepRun(
  redactor: Redactor,
  inputsJson: string,
  onChange: (state: StepRunState) => void,
): StepRun {
  const log = createLogBuffer(redactor);
  const startedAt = Date.now();
  const start = performance.now();
  let installed: string[] = [];
  let hasWritten = false;
  let pause = UPDATE_EVERY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let masking = Promise.resolve();
  let latestExports = "";
  let shownSize = 0;
  let state: StepRunState = { ...untestedState(), status: "running", startedAt, log, inputsJson };

  const network = createNetworkView(redactor, () => update({ network: network.connections() }));

  function update(change: Partial<StepRunState>): void {
    state = { ...state, ...change };
    timer ??= setTimeout(showNow, pause);
  }

  function onEvent(event: Exclude<StepEvent, { type: "locked" }>): void {
    if (event.type === "output") {
      log.append(event.stream, event.text, event.at);
      update({});
      // The first line is what the person waits for.
      if (!hasWritten) showNow();
      hasWritten = true;
    } else if (event.type === "phase") showPhase(redactor.text(event.text));
    else if (event.type === "exports") masking = mask(event.json);
    else if (event.type === "installed")
      installed = event.packages.map(({ name, version }) => `${name} ${version}`);
    else if (event.type === "display") masking = show(event.display);
    else {
      network.take(event.connection);
      update({ network: network.connections() });
    }
  }

  function showPhase(phase: string): void {
    // Drawn anew for nothing, while the first line is on its way.
    if (phase !== state.phase) update({ phase });
  }

  async function mask(json: string): Promise<void> {
    latestExports = json;
    await masking;
    // Each message has all of them.
    if (latestExports !== json) return;
    update({ exportsJson: await redactor.jsonInSlices(json) });
  }

  async function show(display: Display): Promise<void> {
    await masking;
    shownSize += sizeOf(display);
    if (shownSize > MAX_SHOWN_SIZE || state.displays.length >= MAX_SHOWN) return;
    const masked = await maskDisplay(redactor, display);
    update({ displays: [...state.displays, masked] });
  }

  function showNow(): void {
    clearTimeout(timer);
    timer = undefined;
    const begin = performance.now();
    onChange({ ...state });
    // Behind the microtask in which React draws.
    queueMicrotask(() => {
      pause = Math.max(UPDATE_EVERY, DRAW_PAUSE * (performance.now() - begin));
    });
  }
  onChange(state);

  return {
    log,
    onEvent,
    async finish(outcome) {
      const durationMs = performance.now() - start;
      await Promise.all([network.settled(), masking]);
      clearTimeout(timer);
      log.end();
      const requests = state.network.reduce((sum, { exchanges }) => sum + Math.max(1, exchanges.length), 0);
      const summary = [
        ...(installed.length > 0 ? [`installed ${installed.join(", ")}`] : []),
        formatDuration(durationMs),
        ...(requests > 0 ? [`${requests} ${requests === 1 ? "request" : "requests"}`] : []),
      ].join(" · ");
      return {
        ...state,
        status: outcome.status,
        startedAt,
        durationMs,
        phase: "",
        error: outcome.status === "failed" ? redactError(redactor, outcome.error) : null,
        exitReason: outcome.status === "success" && outcome.exit ? redactor.text(outcome.exit.reason) : null,
        summary,
      };
    },
  };
}
