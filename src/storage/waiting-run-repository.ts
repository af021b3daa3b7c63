import type { ChangeHub } from "./change-hub.ts";
import { waitingRunCodec } from "./record-codecs.ts";
import { createRecordRepository } from "./record-repository.ts";
import type { Database } from "./tables.ts";
import type { WaitingRuns } from "./types.ts";

const table = "waitingRuns";

export function createWaitingRunRepository(database: Database, hub: ChangeHub): WaitingRuns {
  const records = createRecordRepository({ database, hub, table, codec: waitingRunCodec, mayReplace: false });
  return {
    listFor: (workflowId) => records.listWithPrefix(`${workflowId} `),
    put: records.put,
    async take(id) {
      const taken = await database.transaction([table], "readwrite", async (tables) => {
        const stored = waitingRunCodec.read(await tables(table).get(id));
        if (stored.kind !== "ok") return null;
        await tables(table).delete(id);
        return stored.value;
      });
      if (taken) hub.publish({ table, id, revision: null });
      return taken;
    },
    async counts() {
      const rows = await database.transaction([table], "readonly", (tables) => tables(table).entries());
      const counts = new Map<string, number>();
      for (const [key] of rows) {
        const workflowId = key.split(" ", 1)[0] ?? "";
        counts.set(workflowId, (counts.get(workflowId) ?? 0) + 1);
      }
      return counts;
    },
    onChange: (listener) => hub.subscribe(table, ({ id }) => listener(id.split(" ", 1)[0] ?? "")),
  };
}
