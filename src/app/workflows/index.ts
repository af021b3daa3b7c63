export { editStored } from "./stored-workflows.ts";
export { WorkflowsPage } from "./WorkflowsPage.tsx";
