import { Badge } from "../../ui/index.ts";
import { useStepRun } from "../services.ts";
import { badgeOf } from "./status.ts";
import { useStaleNote } from "./use-stale-note.ts";

/** The step's state; read out when it changes. */
export function StatusBadge({ stepId }: { readonly stepId: string }) {
  const state = useStepRun(stepId);
  const { text, tone } = badgeOf(state);
  const note = useStaleNote(state.staleReasons);
  return (
    <Badge role="status" tone={tone} title={text === "Stale" ? note : undefined}>
      {text}
    </Badge>
  );
}
