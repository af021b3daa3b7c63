export {
  createStored,
  duplicateStored,
  exportAllStored,
  type NewcomerPolicies,
  storeImported,
} from "./stored-workflows.ts";
export { WorkflowsPage } from "./WorkflowsPage.tsx";
export { createWaitingRequests } from "./waiting-requests.ts";
