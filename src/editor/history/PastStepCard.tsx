import { Database, Undo2 } from "lucide-react";
import { useMemo, useRef } from "react";
import { type PastStep, storedState } from "../../runs/index.ts";
import { AppIcon, Badge, Button, cx } from "../../ui/index.ts";
import card from "../card/card.module.css";
import { StepIcon } from "../card/StepIcon.tsx";
import { badgeOf } from "../card/status.ts";
import { useCodeError } from "../card/use-code-error.ts";
import { useNear } from "../card/use-near.ts";
import { CodeEditor, type CodeHandle } from "../code/index.ts";
import { Results } from "../results/index.ts";
import { useEditor, useReadOnly, useStep } from "../services.ts";
import { restoreCode } from "./actions.ts";
import styles from "./history.module.css";

interface PastStepCardProps {
  readonly past: PastStep;
  /** Of its code, apart from the step's own. */
  readonly codeId: string;
}

/** A step as it was when it ran: nothing can be edited, all of its result can be looked at. */
export function PastStepCard({ past, codeId }: PastStepCardProps) {
  const editor = useEditor();
  const { step, result, leftOut } = past;
  const frame = useRef<HTMLElement>(null);
  const code = useRef<CodeHandle>(null);
  const { near, seen } = useNear(frame);
  const state = useMemo(() => result && storedState(result), [result]);
  const error = useCodeError(state, step.code);
  const badge = state
    ? badgeOf(state)
    : ({ text: step.enabled ? "Not run" : "Disabled", tone: "muted" } as const);
  return (
    <article ref={frame} className={cx(card.card, !result && card.disabled)} aria-label={step.name}>
      <header className={card.head}>
        <StepIcon step={step} />
        <div className={card.names}>
          <div className={card.title}>{step.title}</div>
          <div className={card.slug}>{step.name}</div>
        </div>
        <div className={card.headEnd}>
          <Badge tone={badge.tone}>{badge.text}</Badge>
        </div>
      </header>
      {step.note !== "" && <p className={styles.note}>{step.note}</p>}
      {(step.apps.length > 0 || step.dataStore) && (
        <ul className={styles.apps} aria-label={`Apps of ${step.name}`}>
          {step.apps.map(({ app }) => {
            const known = editor.catalog.findApp(app);
            const name = known?.name ?? app;
            return (
              <li key={app}>
                <AppIcon
                  name={name}
                  color={known?.color ?? "#6b7280"}
                  iconPath={known?.iconPath ?? null}
                  size={18}
                />
                {name}
              </li>
            );
          })}
          {step.dataStore && (
            <li>
              <Database size={16} aria-hidden /> Data store
            </li>
          )}
        </ul>
      )}
      <CodeEditor
        id={codeId}
        language="python"
        label={`Code of ${step.name} then`}
        value={step.code}
        near={near}
        readOnly
        error={error}
        handle={code}
        onChange={() => {}}
      />
      <footer className={card.foot}>
        <RestoreButton past={past} />
        <span className={card.summary}>{result?.summary}</span>
      </footer>
      {leftOut.length > 0 && <p className={styles.leftOut}>Not kept, as too large: {leftOut.join(", ")}.</p>}
      {state && !seen && <div className={card.unseen} />}
      {state && seen && (
        <Results
          stepName={step.name}
          state={state}
          onShowLine={(line) => code.current?.focusLine(line)}
          onShowNetwork={editor.view.getState().openNetworkAccess}
        />
      )}
    </article>
  );
}

/** Offered where the step is still there with other code, and its code was kept as it was. */
function RestoreButton({ past }: { readonly past: PastStep }) {
  const editor = useEditor();
  const readOnly = useReadOnly();
  const { step, leftOut } = past;
  const today = useStep(step.id);
  const whole = !leftOut.some((what) => what.startsWith("code of"));
  if (today === undefined)
    return <span className={styles.gone}>This step is not in the workflow any more.</span>;
  if (today.code === step.code) return <span className={styles.gone}>Its code is the same today.</span>;
  if (!whole || step.code.includes("⟦"))
    return <span className={styles.gone}>Its code was not kept in full.</span>;
  return (
    <Button size="s" disabled={readOnly} onClick={() => restoreCode(editor, past)}>
      <Undo2 size={13} aria-hidden /> Restore this code
    </Button>
  );
}
