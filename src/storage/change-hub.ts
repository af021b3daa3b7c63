import * as z from "zod";
import { TABLES, type TableName } from "./tables.ts";

/** Something was written or deleted. */
export interface Change {
  readonly table: TableName;
  readonly id: string;
  /** Of workflows: the revision now stored; null: deleted (or not a workflow). */
  readonly revision: number | null;
}

export interface ChangeHub {
  /** Tells this tab's listeners and those of the other tabs. */
  publish(change: Change): void;
  /** `here`: the change was made in this tab. Returns the way to unsubscribe. */
  subscribe(table: TableName, listener: (change: Change, here: boolean) => void): () => void;
  close(): void;
}

// A tab with another version of Runnel may be on the channel.
const changeSchema = z.object({
  table: z.enum(TABLES),
  id: z.string(),
  revision: z.number().nullable(),
}) satisfies z.ZodType<Change>;

/** Tabs that open a hub of the same name hear of each other's changes. */
export function createChangeHub(name: string): ChangeHub {
  const channel = new BroadcastChannel(name);
  const listeners = new Map<TableName, Set<(change: Change, here: boolean) => void>>();
  const tell = (change: Change, here: boolean) => {
    for (const listener of listeners.get(change.table) ?? []) listener(change, here);
  };
  channel.onmessage = (event: MessageEvent<unknown>) => {
    const change = changeSchema.safeParse(event.data);
    if (change.success) tell(change.data, false);
  };
  return {
    publish(change) {
      channel.postMessage(change);
      tell(change, true);
    },
    subscribe(table, listener) {
      const ofTable = listeners.get(table) ?? new Set();
      listeners.set(table, ofTable.add(listener));
      return () => ofTable.delete(listener);
    },
    close: () => channel.close(),
  };
}
