import { useEffect, useState } from "react";
import type { Hooks } from "../../runtime/index.ts";
import type { HookTokens } from "../../triggers/index.ts";

/** Requests that wait at the gateway for workflows that are not open. */
export interface WaitingRequests {
  /** How many wait for each workflow, by its id, and whenever that changes. Gives the way to end it. */
  watch(onCounts: (counts: ReadonlyMap<string, number>) => void): () => void;
  /** The workflow is about to be deleted; what this gives does away with its address once it is. */
  farewell(workflowId: string): Promise<() => void>;
}

export function createWaitingRequests(
  tokens: HookTokens,
  hooks: Pick<Hooks, "watch" | "drop">,
): WaitingRequests {
  return {
    watch(onCounts) {
      let end: (() => void) | null = null;
      let ended = false;
      tokens.list().then(
        (records) => {
          if (ended || records.length === 0) return;
          const workflows = new Map(records.map(({ id, token }) => [token, id]));
          let counts: ReadonlyMap<string, number> = new Map();
          end = hooks.watch([...workflows.keys()], (token, count) => {
            const id = workflows.get(token);
            if (id === undefined) return;
            counts = new Map(counts).set(id, count);
            onCounts(counts);
          });
        },
        // The list only goes without its marks.
        () => {},
      );
      return () => {
        ended = true;
        end?.();
      };
    },
    async farewell(workflowId) {
      const record = (await tokens.list().catch(() => [])).find(({ id }) => id === workflowId);
      return () => {
        if (record) hooks.drop(record.token);
      };
    },
  };
}

const NONE: ReadonlyMap<string, number> = new Map();

/** How many requests wait for each workflow; without `requests`, none. */
export function useWaitingRequests(requests: WaitingRequests | undefined): ReadonlyMap<string, number> {
  const [counts, setCounts] = useState(NONE);
  useEffect(() => requests?.watch(setCounts), [requests]);
  return counts;
}
