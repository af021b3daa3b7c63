import { memo, useCallback, useRef } from "react";
import { cx } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { AppsRow } from "../apps/AppsRow.tsx";
import { type CodeHandle, codeHeight } from "../code/index.ts";
import { Results } from "../results/index.ts";
import { useEditor, useStep, useStepRun } from "../services.ts";
import { StepWaits } from "../waiting/StepWaits.tsx";
import styles from "./card.module.css";
import { StepCode } from "./StepCode.tsx";
import { StepFooter } from "./StepFooter.tsx";
import { StepHeader } from "./StepHeader.tsx";
import { StepNote } from "./StepNote.tsx";
import { useCodePlaceRequest } from "./use-code-place-request.ts";
import { useFocusRequest } from "./use-focus-request.ts";
import { useNear } from "./use-near.ts";
import { useStaleNote } from "./use-stale-note.ts";

/** One step: header, apps, code, buttons, results. */
export const StepCard = memo(function StepCard({ stepId }: { readonly stepId: string }) {
  const step = useStep(stepId);
  const card = useRef<HTMLElement>(null);
  const code = useRef<CodeHandle>(null);
  const { near, seen } = useNear(card);
  const focusCard = useCallback(() => card.current?.focus(), []);

  useFocusRequest(stepId, card);
  useCodePlaceRequest(stepId, card, code);

  if (step === undefined) return null;
  return (
    <article
      ref={card}
      className={cx(styles.card, !step.enabled && styles.disabled, near && styles.near)}
      aria-label={step.name}
      data-step={stepId}
      tabIndex={-1}
      style={{ containIntrinsicBlockSize: `auto ${estimatedHeight(step)}px` }}
    >
      <StepHeader step={step} />
      <StepNote step={step} />
      {!step.collapsed && (
        <>
          <AppsRow step={step} />
          <StepCode step={step} near={near} onLeave={focusCard} handle={code} />
          <StepFooter stepId={stepId} />
        </>
      )}
      <StepWaits stepId={stepId} stepName={step.name} />
      {!step.collapsed && (
        <StepResults
          stepId={stepId}
          stepName={step.name}
          seen={seen}
          onShowLine={(line) => code.current?.focusLine(line)}
        />
      )}
    </article>
  );
});

/** Height in pixels of a card that has not been laid out yet, so that the scrollbar is about right from the start. */
function estimatedHeight(step: Step): number {
  return step.collapsed ? 56 : 150 + codeHeight(step.code);
}

interface StepResultsProps {
  readonly stepId: string;
  readonly stepName: string;
  readonly seen: boolean;
  readonly onShowLine: (line: number) => void;
}

/** Results once there are any; not made before the card has been near the view. */
function StepResults({ stepId, stepName, seen, onShowLine }: StepResultsProps) {
  const { view } = useEditor();
  const state = useStepRun(stepId);
  const staleNote = useStaleNote(state.staleReasons);
  if (state.status === "not-tested") return null;
  if (!seen) return <div className={styles.unseen} />;
  return (
    <Results
      stepName={stepName}
      state={state}
      staleNote={staleNote}
      onShowLine={onShowLine}
      onShowNetwork={view.getState().openNetworkAccess}
    />
  );
}
