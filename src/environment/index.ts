/** The room's face: environment variables, their page and their store. */
export { EnvironmentPage } from "./EnvironmentPage.tsx";
export {
  createEnvironmentStore,
  type EnvironmentForRun,
  type EnvironmentState,
  type EnvironmentStore,
  VariableRefused,
  type VariableSummary,
} from "./environment-store.ts";
export { checkVariableName } from "./variable-rules.ts";
