import { useMemo, useRef } from "react";
import type { StepRunState } from "../../runs/index.ts";
import type { CodeError } from "../code/index.ts";

/**
 * Where to mark the code for the step's last error. An error that is stale when it is first seen (the page was
 * reloaded after an edit) isn't marked: its line may be another one by now.
 */
export function useCodeError({ error, stale }: Pick<StepRunState, "error" | "stale">): CodeError | null {
  const first = useRef<{ readonly error: StepRunState["error"]; readonly stale: boolean } | null>(null);
  if (first.current?.error !== error) first.current = { error, stale };
  const hidden = first.current.stale;
  return useMemo(() => {
    if (error === null || error.line === null || hidden) return null;
    return { line: error.line, column: error.column, message: `${error.type}: ${error.message}` };
  }, [error, hidden]);
}
