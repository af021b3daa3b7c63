import type { DocumentCodec } from "../lib/document-codec.ts";
import { isSameJson } from "../lib/json.ts";
import type { Workflow } from "../workflow/index.ts";
import type { ChangeHub } from "./change-hub.ts";
import { StorageError, toStorageError } from "./storage-error.ts";
import type { Database, Table, TableName } from "./tables.ts";
import type { LoadedWorkflow, SaveResult, WorkflowRepository } from "./types.ts";
import type { Unsaved } from "./unsaved.ts";
import { readRow, type StoredRow, summarize, type Writer } from "./workflow-row.ts";

/** Tables with rows that belong to a workflow; their keys are its id, or begin with it and a space. */
const BELONGINGS = [
  "results",
  "networkPolicies",
  "runs",
  "runContents",
  "waitingRuns",
  "events",
  "hooks",
] as const satisfies readonly TableName[];

const MESSAGES = {
  deleted: "This workflow was deleted in another tab.",
  "newer-version":
    "What is stored was written by a newer version of Runnel and is not overwritten. Reload the page.",
  corrupt:
    "What is stored can't be read and is kept as it is. Download this document and import it as a new workflow.",
};

interface Deleted {
  readonly row: unknown;
  readonly belongings: readonly {
    readonly table: TableName;
    readonly key: string;
    readonly value: unknown;
  }[];
}

async function belongingsOf(table: Table, id: string): Promise<readonly (readonly [string, unknown])[]> {
  const own = await table.get(id);
  const others = await table.entries(`${id} `);
  return own === undefined ? others : [[id, own], ...others];
}

export function createWorkflowRepository(deps: {
  readonly database: Database;
  readonly codec: DocumentCodec<Workflow>;
  readonly hub: ChangeHub;
  readonly unsaved: Unsaved;
}): WorkflowRepository {
  const { database, codec, hub, unsaved } = deps;
  const deletedHere = new Map<string, Deleted>();

  const publish = (id: string, revision: number | null) => hub.publish({ table: "workflows", id, revision });

  const write = (workflow: Workflow, expectedRevision: number, writer: Writer) =>
    database.transaction(["workflows"], "readwrite", async (table): Promise<SaveResult> => {
      const workflows = table("workflows");
      const raw = await workflows.get(workflow.id);
      if (raw === undefined && expectedRevision > 0)
        return { kind: "failed", reason: "deleted", message: MESSAGES.deleted };
      const row = raw === undefined ? null : readRow(codec, workflow.id, raw);
      if (row !== null && row.kind !== "ok")
        return { kind: "failed", reason: "read-only", message: MESSAGES[row.kind] };
      if (row !== null && row.revision !== expectedRevision)
        return isSameJson(row.workflow, workflow)
          ? { kind: "saved", revision: row.revision }
          : { kind: "conflict", revision: row.revision, workflow: row.workflow };
      const now = Date.now();
      const revision = expectedRevision + 1;
      await workflows.put(workflow.id, {
        revision,
        createdAt: row?.createdAt ?? now,
        updatedAt: now,
        writer,
        document: codec.write(workflow),
      } satisfies StoredRow);
      return { kind: "saved", revision };
    });

  const load = async (id: string): Promise<LoadedWorkflow> => {
    const raw = await database.transaction(["workflows"], "readonly", (table) => table("workflows").get(id));
    if (raw === undefined) return { kind: "missing" };
    const row = readRow(codec, id, raw);
    return row.kind === "ok" ? { kind: "ok", workflow: row.workflow, revision: row.revision } : row;
  };

  return {
    async list() {
      const rows = await database.transaction(["workflows"], "readonly", (table) =>
        table("workflows").entries(),
      );
      return rows
        .map(([id, raw]) => summarize(codec, id, raw))
        .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
    },

    load,

    async save(workflow, expectedRevision) {
      const writer = unsaved.nextWrite();
      try {
        const result = await write(workflow, expectedRevision, writer);
        if (result.kind === "saved") {
          unsaved.stored(workflow.id, writer);
          publish(workflow.id, result.revision);
        }
        return result;
      } catch (error) {
        const { reason, message } = toStorageError(error);
        return { kind: "failed", reason, message };
      }
    },

    keepUnsaved: (workflow, baseRevision) => unsaved.keep(workflow, baseRevision),
    dropUnsaved: (id) => unsaved.drop(id),

    async delete(id) {
      const deleted = await database.transaction(["workflows", ...BELONGINGS], "readwrite", async (table) => {
        const row = await table("workflows").get(id);
        if (row === undefined) return null;
        const belongings: { table: TableName; key: string; value: unknown }[] = [];
        for (const name of BELONGINGS)
          for (const [key, value] of await belongingsOf(table(name), id)) {
            belongings.push({ table: name, key, value });
            await table(name).delete(key);
          }
        await table("workflows").delete(id);
        return { row, belongings };
      });
      if (deleted === null) return;
      deletedHere.set(id, deleted);
      unsaved.drop(id);
      publish(id, null);
    },

    async restore(id) {
      const deleted = deletedHere.get(id);
      if (deleted === undefined)
        throw new StorageError("unknown", "This page has not deleted that workflow.");
      await database.transaction(["workflows", ...BELONGINGS], "readwrite", async (table) => {
        // Another tab that had it open may have stored it again.
        if ((await table("workflows").get(id)) !== undefined) return;
        await table("workflows").put(id, deleted.row);
        for (const { table: name, key, value } of deleted.belongings) await table(name).put(key, value);
      });
      deletedHere.delete(id);
      hub.publish({ table: "networkPolicies", id, revision: null });
      const loaded = await load(id);
      publish(id, loaded.kind === "ok" ? loaded.revision : 0);
    },

    onChange: (listener) =>
      hub.subscribe("workflows", ({ id, revision }, here) => listener({ id, revision, here })),
  };
}
