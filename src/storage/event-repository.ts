import * as z from "zod";
import { createDocumentCodec, type DocumentCodec } from "../lib/document-codec.ts";
import type { EventRecord, EventRepository, HookRecord, HookTokens } from "../triggers/index.ts";
import type { ChangeHub } from "./change-hub.ts";
import type { Database, Table } from "./tables.ts";

/** Formats of what belongs to triggers. A change of one comes with a migration. */

const eventCodec: DocumentCodec<EventRecord> = createDocumentCodec({
  format: "runnel.event",
  migrations: [],
  schema: z.object({
    id: z.string(),
    workflowId: z.string(),
    eventId: z.string(),
    kind: z.enum(["manual", "http", "schedule"]),
    at: z.number(),
    title: z.string(),
    text: z.string(),
  }),
});

const hookCodec: DocumentCodec<HookRecord> = createDocumentCodec({
  format: "runnel.hook",
  migrations: [],
  schema: z.object({ id: z.string(), token: z.string() }),
});

/** Earlier events of all workflows. What can't be read is left out, and never overwritten. */
export function createEventRepository(database: Database, hub: ChangeHub): EventRepository {
  const readList = async (table: Table, workflowId: string): Promise<EventRecord[]> =>
    (await table.entries(`${workflowId} `)).flatMap(([, raw]) => {
      const read = eventCodec.read(raw);
      return read.kind === "ok" ? [read.value] : [];
    });
  const publish = (workflowId: string) => hub.publish({ table: "events", id: workflowId, revision: null });

  return {
    listFor: (workflowId) =>
      database.transaction(["events"], "readonly", (table) => readList(table("events"), workflowId)),
    async add(record, beyond) {
      const isNew = await database.transaction(["events"], "readwrite", async (table) => {
        const events = table("events");
        if ((await events.get(record.id)) !== undefined) return false;
        await events.put(record.id, eventCodec.write(record));
        for (const { id } of beyond(await readList(events, record.workflowId))) await events.delete(id);
        return true;
      });
      if (isNew) publish(record.workflowId);
      return isNew;
    },
    async delete(id) {
      await database.transaction(["events"], "readwrite", (table) => table("events").delete(id));
      publish(id.split(" ", 1)[0] ?? "");
    },
    onChange: (listener) => hub.subscribe("events", ({ id }) => listener(id)),
  };
}

/** Tokens of the workflows' addresses. */
export function createHookTokens(database: Database, hub: ChangeHub): HookTokens {
  const publish = (id: string) => hub.publish({ table: "hooks", id, revision: null });
  const tokenIn = (raw: unknown) => {
    const read = hookCodec.read(raw);
    return read.kind === "ok" ? read.value.token : null;
  };
  return {
    async tokenOf(workflowId, fresh) {
      const token = fresh();
      const stored = await database.transaction(["hooks"], "readwrite", async (table) => {
        const known = tokenIn(await table("hooks").get(workflowId));
        if (known === null) await table("hooks").put(workflowId, hookCodec.write({ id: workflowId, token }));
        return known ?? token;
      });
      if (stored === token) publish(workflowId);
      return stored;
    },
    async replace(workflowId, token) {
      await database.transaction(["hooks"], "readwrite", (table) =>
        table("hooks").put(workflowId, hookCodec.write({ id: workflowId, token })),
      );
      publish(workflowId);
    },
    async list() {
      const rows = await database.transaction(["hooks"], "readonly", (table) => table("hooks").entries());
      return rows.flatMap(([id, raw]) => {
        const token = tokenIn(raw);
        return token === null ? [] : [{ id, token }];
      });
    },
    onChange: (listener) => hub.subscribe("hooks", ({ id }) => listener(id)),
  };
}
