import { Badge } from "../../ui/index.ts";
import { useStepRun } from "../services.ts";
import { badgeOf } from "./status.ts";

/** The step's state; read out when it changes. */
export function StatusBadge({ stepId }: { readonly stepId: string }) {
  const { text, tone } = badgeOf(useStepRun(stepId));
  return (
    <Badge role="status" tone={tone}>
      {text}
    </Badge>
  );
}
