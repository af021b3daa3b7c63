import type { IDBPDatabase } from "idb";
import * as z from "zod";
import { lockedPackagesSchema } from "../lib/locked-package.ts";
import { SNAPSHOT_USES, SNAPSHOTS } from "./runtime-database.ts";
import type { WorkflowSnapshot, WorkflowSnapshotRepository } from "./types.ts";

/** All snapshots together, in bytes: those that were not used for longest go first. */
const BUDGET = 300_000_000;

const rowSchema = z.object({
  workflowId: z.string(),
  build: z.string(),
  key: z.string(),
  content: z
    .object({ memory: z.instanceof(Blob), files: z.instanceof(Blob), packages: lockedPackagesSchema })
    .nullable(),
});
type Row = z.infer<typeof rowSchema>;

/** @param opened gives the database; see `runtimeDatabase`. */
export function workflowSnapshots(
  opened: () => Promise<IDBPDatabase>,
  budget = BUDGET,
): WorkflowSnapshotRepository {
  return {
    async get(workflowId, build) {
      const row = rowSchema.safeParse(await (await opened()).get(SNAPSHOTS, workflowId)).data;
      return row?.build === build ? { key: row.key, content: row.content } : null;
    },
    async touch(workflowId) {
      await (await opened()).put(SNAPSHOT_USES, Date.now(), workflowId);
    },
    async put(workflowId, build, snapshot) {
      const transaction = (await opened()).transaction([SNAPSHOTS, SNAPSHOT_USES], "readwrite");
      const [snapshots, uses] = [transaction.objectStore(SNAPSHOTS), transaction.objectStore(SNAPSHOT_USES)];
      await Promise.all([
        snapshots.put({ workflowId, build, ...snapshot } satisfies Row),
        uses.put(Date.now(), workflowId),
      ]);
      const others: { id: IDBValidKey; row: Row | undefined; usedAt: number }[] = [];
      for (const id of await snapshots.getAllKeys()) {
        if (id === workflowId) continue;
        const [row, usedAt]: unknown[] = await Promise.all([snapshots.get(id), uses.get(id)]);
        others.push({ id, row: rowSchema.safeParse(row).data, usedAt: Number(usedAt ?? 0) });
      }
      others.sort((one, other) => other.usedAt - one.usedAt);
      let size = sizeOf(snapshot);
      for (const { id, row } of others) {
        size += row ? sizeOf(row) : 0;
        if (row?.build === build && size <= budget) continue;
        await Promise.all([snapshots.delete(id), uses.delete(id)]);
      }
      await transaction.done;
    },
    async delete(workflowId) {
      const database = await opened();
      await Promise.all([database.delete(SNAPSHOTS, workflowId), database.delete(SNAPSHOT_USES, workflowId)]);
    },
  };
}

function sizeOf({ content }: Pick<WorkflowSnapshot, "content">): number {
  return content ? content.memory.size + content.files.size : 0;
}
