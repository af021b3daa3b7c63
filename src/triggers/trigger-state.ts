import type { StoreApi } from "zustand/vanilla";
import type { HooksState } from "../runtime/index.ts";
import type { EventRecord } from "./types.ts";

/** The address of an HTTP trigger. */
export type HookAddress =
  | { readonly kind: "none" }
  | { readonly kind: "registering" }
  /** `connection`: whether requests reach this page just now. */
  | { readonly kind: "ready"; readonly url: string; readonly connection: HooksState }
  | { readonly kind: "failed"; readonly message: string };

/** Times at which a schedule was due and the workflow did not run. */
export interface Skipped {
  readonly count: number;
  /** The last of them, in milliseconds since the epoch. */
  readonly lastAt: number;
  /** `busy`: it was still running; `asleep`: the page could not act then. */
  readonly why: "busy" | "asleep";
}

export interface ScheduleState {
  /** The next times, in milliseconds since the epoch; also of a schedule that is switched off. */
  readonly due: readonly number[];
  /** What is wrong with the schedule, as a sentence. */
  readonly problem: string | null;
  /** Another tab sees to it. */
  readonly elsewhere: boolean;
  /** Since the page was opened or the schedule was changed. */
  readonly skipped: Skipped | null;
}

export interface TriggerState {
  /** Earlier events, newest first; null while they are being read. */
  readonly events: readonly EventRecord[] | null;
  readonly address: HookAddress;
  readonly schedule: ScheduleState;
  /** Makes an earlier event the selected one. */
  select(eventId: string): void;
  /** Selects it and runs the workflow with it, `replay` being true in the trigger's context. Does nothing while something runs. */
  replay(eventId: string): Promise<void>;
  remove(eventId: string): Promise<void>;
  /** Another address takes the place of this one, which is not found any more. */
  renewAddress(): Promise<void>;
  /** The workflow is closed. */
  dispose(): void;
}

export type TriggerStore = StoreApi<TriggerState>;

/** Whether the record's event is the selected one. */
export function isSelected(record: EventRecord, eventText: string): boolean {
  return record.text === eventText;
}
