export { createStored, duplicateStored } from "./stored-workflows.ts";
export { WorkflowsPage } from "./WorkflowsPage.tsx";
