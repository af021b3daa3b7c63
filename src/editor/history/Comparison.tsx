import { useEffect } from "react";
import { formatDuration } from "../../lib/format.ts";
import type { PastRun } from "../../runs/index.ts";
import { forgetModels } from "../code/index.ts";
import { ComparedStep } from "./ComparedStep.tsx";
import { type ComparedText, compareSteps } from "./compare.ts";
import { HistoryBanner } from "./HistoryBanner.tsx";
import styles from "./history.module.css";
import { StatusIcon } from "./StatusIcon.tsx";
import { TextDifference } from "./TextDifference.tsx";
import { kindOf, whenOf } from "./words.ts";

interface ComparisonProps {
  readonly older: PastRun;
  readonly newer: PastRun;
}

/** Two runs, step by step: how each ended, how long it took, and what of event, code and exports differs. */
export function Comparison({ older, newer }: ComparisonProps) {
  const now = Date.now();
  const event: ComparedText = {
    older: older.trigger.eventText,
    newer: newer.trigger.eventText,
  };
  useEffect(() => () => forgetModels("diff-"), []);
  return (
    <>
      <HistoryBanner title="Two runs compared" actions={null}>
        {[older, newer].map(({ summary }, index) => (
          <span key={summary.id} className={styles.side}>
            {index === 1 && <span aria-hidden>→</span>}
            <StatusIcon status={summary.status} />
            {whenOf(summary.startedAt, now)} · {kindOf(summary)} · {formatDuration(summary.durationMs)}
          </span>
        ))}
      </HistoryBanner>
      <div className={styles.cards}>
        <TextDifference id="diff-event" what="Event" language="json" text={event} />
        {compareSteps(older, newer).map((step) => (
          <ComparedStep key={step.id} step={step} />
        ))}
      </div>
    </>
  );
}
