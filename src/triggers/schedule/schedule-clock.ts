import type { Schedule } from "../../workflow/index.ts";
import type { ScheduleState } from "../trigger-state.ts";
import { dueTimes } from "./due-times.ts";

/** Due times that are shown. */
const SHOWN = 3;
/** A timer is never set for longer: clocks are changed, machines sleep. In milliseconds. */
const LONGEST_SLEEP = 30_000;
/** The page was asleep where it wakes so much later: browsers wake those in the background once a minute. */
const TOO_LATE = 90_000;

export interface ScheduleClockDeps {
  readonly workflowId: string;
  /** The browser's, so that one tab only runs the schedule. */
  readonly locks: Pick<LockManager, "request">;
  /** It is due. False: the workflow is busy, and this time is passed over. */
  readonly onDue: (schedule: Schedule, at: number) => boolean;
  readonly onChange: (state: ScheduleState) => void;
  readonly now?: () => number;
}

/** Runs one workflow's schedule while its page is open. */
export interface ScheduleClock {
  /** Null: the trigger is another one. */
  set(schedule: Schedule | null, enabled: boolean): void;
  dispose(): void;
}

export const NO_SCHEDULE: ScheduleState = { due: [], problem: null, elsewhere: false, skipped: null };

export function createScheduleClock(deps: ScheduleClockDeps): ScheduleClock {
  const { workflowId, locks, onDue, onChange, now = Date.now } = deps;
  let state = NO_SCHEDULE;
  let ending = new AbortController();

  function show(change: Partial<ScheduleState>): void {
    state = { ...state, ...change };
    onChange(state);
  }

  /** Says when the next times are, and what is wrong with the schedule; gives the first of them. */
  async function look(schedule: Schedule, after: number, signal: AbortSignal): Promise<number | null> {
    const found = await dueTimes(schedule, after, SHOWN);
    if (signal.aborted) return null;
    show(found.ok ? { due: found.value, problem: null } : { due: [], problem: found.error });
    return found.ok ? (found.value[0] ?? null) : null;
  }

  function skip(why: "busy" | "asleep", count: number, lastAt: number): void {
    show({ skipped: { count: (state.skipped?.count ?? 0) + count, lastAt, why } });
  }

  /** Waits for one time after the other until the signal. */
  async function keepTime(schedule: Schedule, signal: AbortSignal): Promise<void> {
    let next = await look(schedule, now(), signal);
    while (next !== null && !signal.aborted) {
      await sleep(Math.min(next - now(), LONGEST_SLEEP), signal);
      if (signal.aborted) return;
      const at = now();
      if (at < next) continue;
      // Of those that have gone by the last one counts: nothing is made up for.
      const missed: number[] = [];
      let due = next;
      for (let following = await after(schedule, due); following !== null && following <= at; ) {
        missed.push(due);
        due = following;
        following = await after(schedule, due);
        if (missed.length > 10_000) break;
      }
      if (signal.aborted) return;
      const isTooLate = at - due > TOO_LATE;
      const asleep = missed.length + (isTooLate ? 1 : 0);
      if (asleep > 0) skip("asleep", asleep, isTooLate ? due : (missed.at(-1) ?? due));
      if (!isTooLate && !onDue(schedule, due)) skip("busy", 1, due);
      next = await look(schedule, Math.max(at, due), signal);
    }
  }

  async function after(schedule: Schedule, time: number): Promise<number | null> {
    const found = await dueTimes(schedule, time, 1);
    return found.ok ? (found.value[0] ?? null) : null;
  }

  async function run(schedule: Schedule, signal: AbortSignal): Promise<void> {
    const waits = setTimeout(() => show({ elsewhere: true }), 200);
    signal.addEventListener("abort", () => clearTimeout(waits));
    void look(schedule, now(), signal);
    await locks
      .request(`runnel schedule ${workflowId}`, { signal }, async () => {
        clearTimeout(waits);
        show({ elsewhere: false });
        await keepTime(schedule, signal);
        // The lock stays with this tab, also where the schedule has come to its end.
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      })
      .catch((error: unknown) => {
        if (!signal.aborted) show({ problem: `The schedule can't run: ${String(error)}` });
      });
  }

  return {
    set(schedule, enabled) {
      ending.abort();
      ending = new AbortController();
      state = NO_SCHEDULE;
      onChange(state);
      if (!schedule) return;
      if (enabled) void run(schedule, ending.signal);
      else void look(schedule, now(), ending.signal);
    },
    dispose: () => ending.abort(),
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, milliseconds));
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
