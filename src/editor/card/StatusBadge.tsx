import { Badge } from "../../ui/index.ts";
import { useRuns, useStepRun } from "../services.ts";
import { badgeOf } from "./status.ts";
import { useStaleNote } from "./use-stale-note.ts";

/** The step's state; read out when it changes. */
export function StatusBadge({ stepId }: { readonly stepId: string }) {
  const state = useStepRun(stepId);
  // Of several runs that wait after it, the one that began last.
  const waiting = useRuns((state) => state.waiting.findLast((run) => run.stepId === stepId));
  const { text, tone } = badgeOf(state, waiting);
  const note = useStaleNote(state.staleReasons);
  return (
    <Badge role="status" tone={tone} title={text === "Stale" ? note : undefined}>
      {text}
    </Badge>
  );
}
