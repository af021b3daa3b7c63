import { Copy, CornerDownRight, Lightbulb, Shield } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { StepRunState } from "../../runs/index.ts";
import { Button } from "../../ui/index.ts";
import { linesOf, stepFileOf } from "../traceback.ts";
import { copy } from "./clipboard.ts";
import { withMarks } from "./marks.tsx";
import styles from "./results.module.css";

export interface ErrorPanelProps {
  readonly error: NonNullable<StepRunState["error"]>;
  /** Puts the cursor on the line that failed. */
  readonly onShowLine: (line: number) => void;
  /** Opens *Network access* to decide about a host that was denied. */
  readonly onShowNetwork: (target: NonNullable<ErrorPanelProps["error"]["denied"]>) => void;
}

/** Why a step failed, where, and what to do next. */
export function ErrorPanel({ error, onShowLine, onShowNetwork }: ErrorPanelProps) {
  const { line, message, traceback, hint, type, denied } = error;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section in every card would crowd the list of landmarks
    <div className={styles.error} role="group" aria-label="Error">
      <div className={styles.errorHead}>
        <strong className={styles.errorTitle}>
          {withMarks(message === "" ? type : `${type}: ${message}`)}
        </strong>
        {denied && (
          <Button size="s" onClick={() => onShowNetwork(denied)}>
            <Shield size={13} aria-hidden /> Network access…
          </Button>
        )}
        {line !== null && (
          <Button size="s" onClick={() => onShowLine(line)}>
            <CornerDownRight size={13} aria-hidden /> Go to line {line}
          </Button>
        )}
      </div>
      {hint !== null && (
        <p className={styles.hint}>
          <Lightbulb size={14} aria-hidden /> <span>{withMarks(hint)}</span>
        </p>
      )}
      {traceback !== "" && (
        <div className={styles.tracebackFrame}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={styles.traceback} tabIndex={0}>
            <Traceback error={error} onShowLine={onShowLine} />
          </pre>
          <Button size="s" variant="ghost" onClick={() => void copy(traceback, "traceback")}>
            <Copy size={13} aria-hidden /> Copy traceback
          </Button>
        </div>
      )}
    </div>
  );
}

/** The traceback; lines of the step's own code lead to it. */
function Traceback({ error, onShowLine }: Pick<ErrorPanelProps, "error" | "onShowLine">): ReactNode {
  const file = stepFileOf(error);
  const lines = linesOf(error.traceback);
  if (file === null) return withMarks(error.traceback);
  return lines.map(({ text, frame }, index) => {
    const end = index === lines.length - 1 ? "" : "\n";
    // Lines have no other identity, and never change.
    const key = `${index}`;
    if (frame === null || frame.file !== file)
      return <Fragment key={key}>{withMarks(`${text}${end}`)}</Fragment>;
    return (
      <Fragment key={key}>
        {text.slice(0, frame.start)}
        <button type="button" className={styles.frame} onClick={() => onShowLine(frame.line)}>
          {text.slice(frame.start, frame.end)}
        </button>
        {text.slice(frame.end)}
        {end}
      </Fragment>
    );
  });
}
