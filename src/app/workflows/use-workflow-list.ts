import { useCallback, useEffect, useState } from "react";
import type { WorkflowRepository, WorkflowSummary } from "../../storage/index.ts";
import { messageOf } from "./message-of.ts";

export interface WorkflowList {
  /** The one that was changed last comes first; null while they are read for the first time. */
  readonly workflows: readonly WorkflowSummary[] | null;
  /** Why they can't be read, or null. */
  readonly problem: string | null;
  reload(): void;
}

/** The stored workflows; follows what this tab and others do to them. */
export function useWorkflowList(repository: WorkflowRepository): WorkflowList {
  const [workflows, setWorkflows] = useState<readonly WorkflowSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState(0);
  const reload = useCallback(() => setWanted((count) => count + 1), []);

  useEffect(() => repository.onChange(reload), [repository, reload]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` asks for another reading.
  useEffect(() => {
    let isCurrent = true;
    repository.list().then(
      (list) => {
        if (!isCurrent) return;
        setWorkflows(list);
        setProblem(null);
      },
      (error: unknown) => {
        if (isCurrent) setProblem(messageOf(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [repository, wanted]);

  return { workflows, problem, reload };
}
