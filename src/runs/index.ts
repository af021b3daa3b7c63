export type { Display } from "../runtime/index.ts";
export type { AccountForRun, EventFacts, ResultRepository, Revisions, RunDeps } from "./deps.ts";
export { MAX_RUNS, MAX_TOTAL } from "./history/bounds.ts";
export { createRunHistory, type DeletedRun, type RunHistory } from "./history/history-store.ts";
export type { PastExports } from "./history/past-exports.ts";
export { createRunRecorder, type RunRecorder } from "./history/recorder.ts";
export type {
  PackedRun,
  PastRun,
  PastRunRepository,
  PastRunStatus,
  PastRunSummary,
  PastStep,
  PastTrigger,
} from "./history/types.ts";
export type { LogView } from "./log/log-buffer.ts";
export { formDecoded } from "./network/mask-text.ts";
export type {
  BodyContent,
  LeftOut,
  ShownBody,
  ShownConnection,
  ShownExchange,
  ShownMessage,
} from "./network/types.ts";
export {
  createNetworkPolicies,
  type NetworkPolicies,
  type NetworkPolicy,
  type NetworkPolicyStorage,
} from "./network-policy.ts";
export type {
  HostRule,
  NetworkPolicyRecord,
  NetworkPolicyState,
  SecretRule,
} from "./network-policy-types.ts";
export type { PackageChange, PackageUpdate } from "./package-update.ts";
export {
  createPermissions,
  type PendingQuestion,
  type Permissions,
  type PersonAnswer,
} from "./permissions.ts";
export type { RunKind } from "./plan.ts";
export type { Answered } from "./respond.ts";
export { type ActiveRun, type RunState, type RunStore, stateOf } from "./run-state.ts";
export { createRunStore } from "./run-store.ts";
export type { StaleReason } from "./staleness.ts";
export { type StepRunState, storedState } from "./step-state.ts";
export type { LogLine, StepResultRecord, StepStatus } from "./types.ts";
export type { WaitingRun, WaitingRunRepository } from "./waiting/types.ts";
