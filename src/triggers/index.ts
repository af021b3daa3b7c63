export {
  type HookAddress,
  isSelected,
  type ScheduleState,
  type Skipped,
  type TriggerState,
  type TriggerStore,
} from "./trigger-state.ts";
export { createTriggers, type TriggerDeps, type Triggers } from "./trigger-store.ts";
export type { EventRecord, EventRepository, HookRecord, HookTokens } from "./types.ts";
