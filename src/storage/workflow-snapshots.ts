import type { IDBPDatabase } from "idb";
import * as z from "zod";
import { lockedPackagesSchema } from "../lib/locked-package.ts";
import { SNAPSHOTS } from "./runtime-database.ts";
import type { WorkflowSnapshot, WorkflowSnapshotRepository } from "./types.ts";

/** All snapshots together, in bytes: those that were not used for longest go first. */
const BUDGET = 300_000_000;

const rowSchema = z.object({
  workflowId: z.string(),
  usedAt: z.number(),
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
      const { store, done } = (await opened()).transaction(SNAPSHOTS, "readwrite");
      const row = rowSchema.safeParse(await store.get(workflowId)).data;
      if (row) await store.put({ ...row, usedAt: Date.now() } satisfies Row);
      await done;
    },
    async put(workflowId, build, snapshot) {
      const { store, done } = (await opened()).transaction(SNAPSHOTS, "readwrite");
      const others = (await store.getAll())
        .map((row) => rowSchema.safeParse(row).data)
        .filter((row) => row !== undefined && row.workflowId !== workflowId && row.build === build)
        .sort((one, other) => (other?.usedAt ?? 0) - (one?.usedAt ?? 0));
      await store.clear();
      await store.put({ workflowId, usedAt: Date.now(), build, ...snapshot } satisfies Row);
      let size = sizeOf(snapshot);
      for (const row of others) {
        if (!row) continue;
        size += sizeOf(row);
        if (size <= budget) await store.put(row);
      }
      await done;
    },
    async delete(workflowId) {
      await (await opened()).delete(SNAPSHOTS, workflowId);
    },
  };
}

function sizeOf({ content }: Pick<WorkflowSnapshot, "content">): number {
  return content ? content.memory.size + content.files.size : 0;
}
