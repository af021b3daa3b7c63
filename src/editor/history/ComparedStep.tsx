import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { formatDuration } from "../../lib/format.ts";
import { type PastStep, storedState } from "../../runs/index.ts";
import { Badge } from "../../ui/index.ts";
import card from "../card/card.module.css";
import { StepIcon } from "../card/StepIcon.tsx";
import { badgeOf } from "../card/status.ts";
import { type ComparedStepPair, exportsOf } from "./compare.ts";
import styles from "./history.module.css";
import { TextDifference } from "./TextDifference.tsx";

/** One step in two runs. */
export function ComparedStep({ step }: { readonly step: ComparedStepPair }) {
  const { id, name, older, newer } = step;
  const shown = newer ?? older;
  const exports = useMemo(() => ({ older: exportsOf(older), newer: exportsOf(newer) }), [older, newer]);
  if (!shown) return null;
  return (
    <article className={card.card} aria-label={name}>
      <header className={card.head}>
        <StepIcon step={shown.step} />
        <div className={card.names}>
          <div className={card.title}>{shown.step.title}</div>
          <div className={card.slug}>{name}</div>
        </div>
        <div className={styles.outcomes}>
          <Outcome past={older} />
          <ArrowRight size={14} role="img" aria-label="then" />
          <Outcome past={newer} />
          <Slower older={older} newer={newer} />
        </div>
      </header>
      <TextDifference
        id={`diff-code-${id}`}
        what="Code"
        language="python"
        text={{ older: older?.step.code ?? null, newer: newer?.step.code ?? null }}
      />
      <TextDifference
        id={`diff-exports-${id}`}
        what="Exports"
        language="json"
        text={exports}
        note={noteOf(older, newer)}
      />
    </article>
  );
}

function Outcome({ past }: { readonly past: PastStep | null }) {
  if (!past) return <Badge tone="muted">Not a part</Badge>;
  if (!past.result) return <Badge tone="muted">{past.step.enabled ? "Not run" : "Disabled"}</Badge>;
  const { text, tone } = badgeOf(storedState(past.result));
  return <Badge tone={tone}>{text}</Badge>;
}

/** By how much its time differs. */
function Slower({ older, newer }: { readonly older: PastStep | null; readonly newer: PastStep | null }) {
  if (!older?.result || !newer?.result) return null;
  const by = Math.round(newer.result.durationMs) - Math.round(older.result.durationMs);
  if (by === 0) return null;
  return (
    <span className={styles.gone}>
      {formatDuration(Math.abs(by))} {by > 0 ? "slower" : "faster"}
    </span>
  );
}

function noteOf(...both: readonly (PastStep | null)[]): string | undefined {
  const left = both.flatMap((past) => past?.leftOut ?? []);
  return left.length > 0 ? `Not kept, as too large: ${left.join(", ")}.` : undefined;
}
