import { Play } from "lucide-react";
import { useRef } from "react";
import { formatBytes } from "../../lib/format.ts";
import type { PastRun } from "../../runs/index.ts";
import { TRIGGER_NAME } from "../../workflow/index.ts";
import card from "../card/card.module.css";
import { useNear } from "../card/use-near.ts";
import { CodeEditor } from "../code/index.ts";
import styles from "./history.module.css";

interface PastTriggerCardProps {
  readonly trigger: PastRun["trigger"];
  readonly codeId: string;
}

/** The event of a past run. */
export function PastTriggerCard({ trigger, codeId }: PastTriggerCardProps) {
  const frame = useRef<HTMLElement>(null);
  const { near } = useNear(frame);
  const { eventText, length } = trigger;
  return (
    <article ref={frame} className={card.card} aria-label={TRIGGER_NAME}>
      <header className={card.head}>
        <span className={card.triggerIcon} aria-hidden>
          <Play size={14} fill="currentColor" />
        </span>
        <div className={card.names}>
          <div className={card.title}>Event of this run</div>
          <div className={card.slug}>{TRIGGER_NAME}</div>
        </div>
      </header>
      {eventText === null ? (
        <p className={styles.leftOut}>The event of {formatBytes(length)} was too large to be kept.</p>
      ) : (
        <CodeEditor
          id={codeId}
          language="json"
          label="Event of this run"
          value={eventText}
          near={near}
          readOnly
          onChange={() => {}}
        />
      )}
    </article>
  );
}
