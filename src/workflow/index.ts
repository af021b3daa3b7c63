export type { LockedPackage } from "../lib/locked-package.ts";
export {
  blankHandler,
  duplicateWorkflow,
  newStep,
  newWorkflow,
} from "./create.ts";
export type { SaveFailure, SaveOutcome, SaveState } from "./document/autosave.ts";
export {
  createDocumentStore,
  type DocumentState,
  type DocumentStore,
  type DocumentStoreOptions,
} from "./document/document-store.ts";
export { type ChangeSource, followChanges } from "./document/follow-changes.ts";
export { flushOnHide } from "./document/page-life.ts";
export {
  attachApp,
  attachDataStore,
  chooseAccount,
  detachApp,
  detachDataStore,
  duplicateStep,
  insertStep,
  LONGEST_TIME_LIMIT_SECONDS,
  moveStepTo,
  removeStep,
  renameStep,
  SHORTEST_TIME_LIMIT_SECONDS,
  type StepPatch,
  setAllCollapsed,
  setEventText,
  setName,
  setPackages,
  setTimeLimit,
  setTriggerCollapsed,
  updateStep,
} from "./edits.ts";
export { type EventProblem, parseEvent } from "./event.ts";
export { fingerprint } from "./fingerprint.ts";
export { exportWorkflow, exportWorkflows, importWorkflows } from "./format/exchange.ts";
export { readSteps, writeSteps } from "./format/steps-text.ts";
export { workflowCodec } from "./format/workflow-codec.ts";
export { checkStepName, TRIGGER_NAME } from "./names.ts";
export { pasteSteps } from "./paste.ts";
export { codeFacts } from "./python/code-facts.ts";
export { insertAppCode } from "./python/insert-app-code.ts";
export { readersOf } from "./python/order.ts";
export { type PackageUses, usesOf } from "./python/package-uses.ts";
export {
  LONGEST_INTERVAL,
  SHORTEST_INTERVAL,
  setSchedule,
  setTriggerKind,
  setTriggerRuns,
} from "./triggers.ts";
export type {
  AttachedApp,
  AttachedDataStore,
  HttpTrigger,
  ManualTrigger,
  Schedule,
  ScheduleTrigger,
  Step,
  Trigger,
  Workflow,
  WorkflowSettings,
} from "./types.ts";
