import type { Trigger } from "../workflow/index.ts";

/** An earlier event of a workflow's trigger, as stored in this browser: as it came, headers with tokens included. */
export interface EventRecord {
  /** `${workflowId} ${eventId}` */
  readonly id: string;
  readonly workflowId: string;
  /** `pd.steps["trigger"]["context"]["id"]`. */
  readonly eventId: string;
  /** What it came from; `manual`: typed by the person. */
  readonly kind: Trigger["kind"];
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  /** For lists: `POST /orders`. */
  readonly title: string;
  /** The event as text of the trigger. */
  readonly text: string;
}

/** Where earlier events are stored. Methods reject where that fails. */
export interface EventRepository {
  /** Of one workflow, in no order. */
  listFor(workflowId: string): Promise<readonly EventRecord[]>;
  /**
   * Stores an event and deletes, in the same transaction, those that `beyond` picks from all of its workflow. False: it is there
   * already, and nothing was changed.
   */
  add(record: EventRecord, beyond: (all: readonly EventRecord[]) => readonly EventRecord[]): Promise<boolean>;
  delete(id: string): Promise<void>;
  /** Calls back with the id of the workflow whose events have changed, here or in another tab. Returns the way to unsubscribe. */
  onChange(listener: (workflowId: string) => void): () => void;
}

/** The token of a workflow's address at the gateway. Never in an exported file: whoever has it can send requests. */
export interface HookRecord {
  /** The workflow's id. */
  readonly id: string;
  readonly token: string;
}

export interface HookTokens {
  /** The workflow's token, made by `fresh` and stored where there is none: in one transaction, so that all tabs have the same. */
  tokenOf(workflowId: string, fresh: () => string): Promise<string>;
  /** Another token takes the place of the stored one. */
  replace(workflowId: string, token: string): Promise<void>;
  /** Those of all workflows. */
  list(): Promise<readonly HookRecord[]>;
  /** Calls back when one has changed, here or in another tab, with the workflow's id. Returns the way to unsubscribe. */
  onChange(listener: (workflowId: string) => void): () => void;
}
