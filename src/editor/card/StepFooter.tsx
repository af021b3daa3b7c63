import { Play, Square } from "lucide-react";
import { formatDuration } from "../../lib/format.ts";
import { Button, Spinner } from "../../ui/index.ts";
import { withKeys } from "../commands/index.ts";
import { isSecondOfDouble } from "../double-click.ts";
import { useEditor, useRuns, useStepRun } from "../services.ts";
import styles from "./card.module.css";
import { TestMenu } from "./TestMenu.tsx";
import { useNow } from "./use-now.ts";

/** Test and Stop, and what goes on or what came of it. */
export function StepFooter({ stepId }: { readonly stepId: string }) {
  const { runs } = useEditor();
  const current = useRuns((state) => state.running?.currentStepId === stepId);
  const busy = useRuns((state) => state.running !== null);
  const { testStep, testUpTo, stop } = runs.getState();
  return (
    <footer className={styles.foot}>
      {/* One button in two roles, so that the focus stays on it. */}
      <span className={styles.split}>
        <Button
          variant={current ? "default" : "primary"}
          disabled={busy && !current}
          title={current ? withKeys("Stop", "workflow.stop") : withKeys("Test this step", "step.test")}
          onClick={(event) => {
            if (current) stop();
            else if (!isSecondOfDouble(event)) void testStep(stepId);
          }}
        >
          {current ? <Square size={13} aria-hidden /> : <Play size={13} aria-hidden />}
          {current ? "Stop" : "Test"}
        </Button>
        {!current && <TestMenu stepId={stepId} />}
      </span>
      <Button
        variant="ghost"
        disabled={busy}
        title={withKeys("Test the steps above and this one", "step.test-up-to")}
        onClick={() => void testUpTo(stepId)}
      >
        Test up to here
      </Button>
      <Progress stepId={stepId} />
    </footer>
  );
}

function Progress({ stepId }: { readonly stepId: string }) {
  const { status, phase, startedAt, summary, exitReason } = useStepRun(stepId);
  if (status !== "running") {
    const reason = exitReason === null || exitReason === "" ? null : `ended here: ${exitReason}`;
    return <span className={styles.summary}>{[summary, reason].filter(Boolean).join(" · ")}</span>;
  }
  return (
    <span className={styles.summary}>
      <Spinner label="Running" /> {phase} <Elapsed since={startedAt} />
    </span>
  );
}

function Elapsed({ since }: { readonly since: number | null }) {
  const now = useNow(200);
  return since === null ? null : <span aria-hidden>{formatDuration(Math.max(0, now - since))}</span>;
}
