import { countOf, formatClock, formatDuration } from "../../lib/format.ts";
import type { WaitingRun } from "../../runs/index.ts";

const MINUTE = 60_000;
/** A wait that is shorter than that is told to the second. */
const SHORT = 10 * MINUTE;

type Wait = Pick<WaitingRun, "kind" | "since" | "due" | "rerun" | "stepIds">;

/** When it ends: `12:05:31` of a short wait, `12:05` of a longer one, with the date where that isn't today. */
export function dueText({ since, due }: Pick<Wait, "since" | "due">, now = Date.now()): string {
  const clock = formatClock(due);
  if (due - since < SHORT) return clock;
  const time = clock.slice(0, 5);
  const day = new Date(due);
  if (day.toDateString() === new Date(now).toDateString()) return time;
  const date = day.toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
  return `${date}, ${time}`;
}

/** What a run does, for a badge: `Waiting until 12:05`, `Suspended`, `Runs again at 12:05`. */
export function waitText(run: Pick<Wait, "kind" | "since" | "due">): string {
  if (run.kind === "suspend") return "Suspended";
  return run.kind === "delay" ? `Waiting until ${dueText(run)}` : `Runs again at ${dueText(run)}`;
}

/** What comes after the wait: `then 2 steps`, `run 2 of 11`, `cancelled at 12:05 unless it is resumed`. */
export function afterText(run: Wait): string {
  const rest = run.stepIds.length;
  const then = rest === 0 ? "nothing is left to run" : `then ${countOf(rest, "step")}`;
  if (run.kind === "delay") return then;
  if (run.kind === "suspend") return `${then}, cancelled at ${dueText(run)} unless it is resumed`;
  return run.rerun ? `run ${run.rerun.runs} of ${run.rerun.maxRetries + 1} at most` : then;
}

/** `4 min 32 s left`; in whole seconds, so that it can be counted down. */
export function leftText(due: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((due - now) / 1000));
  return `${seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)} left`;
}
