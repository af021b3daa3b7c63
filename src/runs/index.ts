export type { AccountForRun, ResultRepository, RunDeps } from "./deps.ts";
export type { LogView } from "./log-buffer.ts";
export { createPermissions, type PendingQuestion, type Permissions } from "./permissions.ts";
export type { RunKind } from "./plan.ts";
export { type ActiveRun, createRunStore, type RunState, type RunStore, stateOf } from "./run-store.ts";
export type { StepRunState } from "./step-state.ts";
export type { LogLine, StepResultRecord, StepStatus } from "./types.ts";
