import { formatDuration } from "../../lib/format.ts";
import type { StepRunState, WaitingRun } from "../../runs/index.ts";
import { waitText } from "../waiting/wait-text.ts";

/** What a step's badge reads, and its colour. */
export interface StepBadge {
  readonly text: string;
  readonly tone: "ok" | "bad" | "run" | "warn" | "muted";
}

/** The step's state in words: `Not tested`, `Running`, `Success · 236 ms`, `Failed · KeyError · line 7`, `Stale`, `Stopped`; while a run waits after it, that. */
export function badgeOf(
  state: Pick<StepRunState, "status" | "stale" | "durationMs" | "error" | "exitReason">,
  waiting?: Pick<WaitingRun, "kind" | "since" | "due">,
): StepBadge {
  const { status, stale, durationMs, error } = state;
  if (status === "running") return { text: "Running", tone: "run" };
  if (waiting) return { text: waitText(waiting), tone: "run" };
  if (status === "not-tested") return { text: "Not tested", tone: "muted" };
  if (stale) return { text: "Stale", tone: "warn" };
  if (status === "stopped") return { text: "Stopped", tone: "muted" };
  if (status === "success") {
    const parts = ["Success"];
    if (durationMs !== null) parts.push(formatDuration(durationMs));
    if (state.exitReason !== null) parts.push("ended here");
    return { text: parts.join(" · "), tone: "ok" };
  }
  const parts = ["Failed"];
  if (error !== null) parts.push(error.type);
  if (error?.line != null) parts.push(`line ${error.line}`);
  return { text: parts.join(" · "), tone: "bad" };
}
