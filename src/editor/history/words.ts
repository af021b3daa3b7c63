import { formatClock } from "../../lib/format.ts";
import type { PastRunStatus, PastRunSummary } from "../../runs/index.ts";

const statusWords: Readonly<Record<PastRunStatus, string>> = {
  success: "Success",
  failed: "Failed",
  stopped: "Stopped",
  exited: "Ended by flow.exit",
  waiting: "Waiting",
};

export function statusWord(status: PastRunStatus): string {
  return statusWords[status];
}

/** `Workflow`, `Test of fetch`, `Up to fetch`, `From fetch`. */
export function kindOf({ kind, steps }: Pick<PastRunSummary, "kind" | "steps">): string {
  const [first, last] = [steps[0]?.name ?? "", steps.at(-1)?.name ?? ""];
  const words: Readonly<Record<string, string>> = {
    step: `Test of ${last}`,
    "up-to": `Up to ${last}`,
    from: `From ${first}`,
    workflow: "Workflow",
  };
  return words[kind] ?? `Workflow (${kind})`;
}

/** Time of day; with the date where it isn't today's. */
export function whenOf(startedAt: number, now: number): string {
  const time = formatClock(startedAt);
  const date = new Date(startedAt);
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString(undefined, { month: "short", day: "numeric" })}, ${time}`;
}

/** `3 steps`, `2 of 3 steps`: those that ran. */
export function stepsOf({ steps }: Pick<PastRunSummary, "steps">): string {
  const planned = steps.filter(({ outcome }) => outcome !== "disabled").length;
  const ran = steps.filter(({ outcome }) => outcome !== "disabled" && outcome !== "not-run").length;
  const total = `${planned} ${planned === 1 ? "step" : "steps"}`;
  return ran === planned ? total : `${ran} of ${total}`;
}
