import { useLocation } from "wouter";
import { Shell } from "./Shell.tsx";
import { useServices } from "./services.ts";
import { WorkflowsPage } from "./workflows/index.ts";

/** The list of workflows. */
export function HomePage() {
  const { storage, networkPolicies, imports } = useServices();
  const [, navigate] = useLocation();
  return (
    <Shell>
      <WorkflowsPage
        repository={storage.workflows}
        policies={networkPolicies}
        trust={storage.networkPolicies}
        onImport={(files) => void imports.offer(files)}
        onOpen={(id) => navigate(`/workflows/${id}`)}
      />
    </Shell>
  );
}
