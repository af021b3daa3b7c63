import type { PackedRun, PastRunRepository, PastRunSummary } from "../runs/index.ts";
import type { ChangeHub } from "./change-hub.ts";
import { pastRunCodec, pastRunContentCodec } from "./past-run-codecs.ts";
import type { Database, Table } from "./tables.ts";

const TABLES = ["runs", "runContents"] as const;

/** Past runs of all workflows: what lists show in one table, the rest in another that is read when a run is opened. */
export function createPastRunRepository(database: Database, hub: ChangeHub): PastRunRepository {
  const readList = async (table: Table, workflowId: string): Promise<PastRunSummary[]> =>
    (await table.entries(`${workflowId} `)).flatMap(([, raw]) => {
      const read = pastRunCodec.read(raw);
      return read.kind === "ok" ? [read.value] : [];
    });

  const publish = (workflowId: string) => hub.publish({ table: "runs", id: workflowId, revision: null });

  return {
    list: (workflowId) =>
      database.transaction(["runs"], "readonly", (table) => readList(table("runs"), workflowId)),
    async content(id) {
      const raw = await database.transaction(["runContents"], "readonly", (table) =>
        table("runContents").get(id),
      );
      const read = pastRunContentCodec.read(raw);
      return read.kind === "ok" ? read.value : null;
    },
    async put(summary, content: PackedRun, beyond) {
      const { id, workflowId } = summary;
      await database.transaction(TABLES, "readwrite", async (table) => {
        await table("runs").put(id, pastRunCodec.write(summary));
        await table("runContents").put(id, pastRunContentCodec.write(content));
        for (const old of beyond(await readList(table("runs"), workflowId)))
          for (const name of TABLES) await table(name).delete(old.id);
      });
      publish(workflowId);
    },
    async delete(id) {
      await database.transaction(TABLES, "readwrite", async (table) => {
        for (const name of TABLES) await table(name).delete(id);
      });
      publish(id.split(" ", 1)[0] ?? "");
    },
    async clear(workflowId) {
      await database.transaction(TABLES, "readwrite", async (table) => {
        // By what is listed, not by what can be read: nothing that is damaged stays behind.
        const ids = (await table("runs").entries(`${workflowId} `)).map(([key]) => key);
        for (const id of ids) for (const name of TABLES) await table(name).delete(id);
      });
      publish(workflowId);
    },
    onChange: (listener) => hub.subscribe("runs", ({ id }) => listener(id)),
  };
}
