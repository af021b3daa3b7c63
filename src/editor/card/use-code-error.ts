import { useRef } from "react";
import type { StepRunState } from "../../runs/index.ts";
import type { CodeError } from "../code/index.ts";
import { linesToday } from "../traceback.ts";

type Failure = Pick<StepRunState, "error" | "stale">;

/**
 * Where to mark the code for the step's last error. As long as the editor is there the mark moves with its line by itself. An error
 * that is stale when it is first seen (the page was reloaded after an edit) is marked where the line that failed is by now; not at
 * all where that line was changed.
 */
export function useCodeError(state: Failure | null, code: string): CodeError | null {
  const error = state?.error ?? null;
  const first = useRef<{ readonly error: StepRunState["error"]; readonly mark: CodeError | null } | null>(
    null,
  );
  if (first.current?.error !== error || first.current === null)
    first.current = { error, mark: error && codeErrorOf(error, state?.stale === true, code) };
  return first.current.mark;
}

function codeErrorOf(error: NonNullable<Failure["error"]>, stale: boolean, code: string): CodeError | null {
  const { line, column, type, message } = error;
  if (line === null) return null;
  const lines = linesToday(error, code);
  const today = stale ? (lines.find(({ ran }) => ran === line)?.today ?? null) : line;
  return {
    line: today,
    // Its indentation may have changed.
    column: stale ? null : column,
    message: `${type}: ${message}`,
    places: [...lines.filter(({ ran }) => ran !== line), { ran: line, today }],
  };
}
