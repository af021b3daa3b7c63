import { useMemo } from "react";
import { useLocation } from "wouter";
import { Shell } from "./Shell.tsx";
import { useServices } from "./services.ts";
import { createWaitingRequests, WorkflowsPage } from "./workflows/index.ts";

/** The list of workflows. */
export function HomePage() {
  const { storage, networkPolicies, imports, hooks } = useServices();
  const [, navigate] = useLocation();
  const requests = useMemo(() => createWaitingRequests(storage.hookTokens, hooks), [storage, hooks]);
  return (
    <Shell>
      <WorkflowsPage
        repository={storage.workflows}
        policies={networkPolicies}
        trust={storage.networkPolicies}
        requests={requests}
        onImport={(files) => void imports.offer(files)}
        waitingRuns={storage.waitingRuns}
        onOpen={(id) => navigate(`/workflows/${id}`)}
      />
    </Shell>
  );
}
