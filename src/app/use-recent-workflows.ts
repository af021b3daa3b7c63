import { useEffect, useState } from "react";
import type { WorkflowSummary } from "../storage/index.ts";
import { useServices } from "./services.ts";

/** The workflows that were changed last, newest first; follows changes made here and in other tabs. */
export function useRecentWorkflows(count: number): readonly WorkflowSummary[] {
  const { storage } = useServices();
  const [recent, setRecent] = useState<readonly WorkflowSummary[]>([]);
  useEffect(() => {
    let current = true;
    const read = async () => {
      const all = await storage.workflows.list();
      const openable = all.filter(({ problem }) => problem === null);
      if (current) setRecent(openable.sort((a, b) => b.updatedAt - a.updatedAt).slice(0, count));
    };
    // The list page shows why it can't be read; the navigation only goes without.
    const refresh = () => void read().catch(() => {});
    refresh();
    const unsubscribe = storage.workflows.onChange(refresh);
    return () => {
      current = false;
      unsubscribe();
    };
  }, [storage, count]);
  return recent;
}
