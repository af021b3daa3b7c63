import { useMemo } from "react";
import { List } from "../../ui/index.ts";
import { useEditor, useRuns } from "../services.ts";
import { WaitRow } from "./WaitRow.tsx";
import styles from "./waiting.module.css";

/** The runs that wait after a step; nothing where there are none. */
export function StepWaits({ stepId, stepName }: { readonly stepId: string; readonly stepName: string }) {
  const { runs } = useEditor();
  const waiting = useRuns((state) => state.waiting);
  const goingOn = useRuns((state) => state.goingOn);
  const mine = useMemo(() => waiting.filter((run) => run.stepId === stepId), [waiting, stepId]);
  if (mine.length === 0) return null;
  return (
    <List className={styles.onCard} aria-label={`Runs that wait after ${stepName}`}>
      {mine.map((run) => (
        <WaitRow key={run.runId} run={run} runs={runs} goingOn={goingOn.includes(run.runId)} />
      ))}
    </List>
  );
}
