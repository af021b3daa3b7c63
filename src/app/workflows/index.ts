export { WorkflowsPage } from "./WorkflowsPage.tsx";
