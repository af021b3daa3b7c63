import * as z from "zod";
import type { DocumentCodec } from "../lib/document-codec.ts";
import { newId } from "../lib/id.ts";
import { isSameJson } from "../lib/json.ts";
import type { Workflow } from "../workflow/index.ts";
import type { ChangeHub } from "./change-hub.ts";
import { inheritPolicy } from "./network-policy-repository.ts";
import type { Database, Table } from "./tables.ts";
import type { UnsavedShelf } from "./unsaved-shelf.ts";
import { readRow, type StoredRow, type Writer, writerSchema } from "./workflow-row.ts";

/** Documents that were put aside because the page went away before they were stored. */
export interface Unsaved {
  /** Numbers the writes of this tab, so that it shows which of two came later. */
  nextWrite(): Writer;
  keep(workflow: Workflow, baseRevision: number): boolean;
  drop(id: string): void;
  /** The workflow was stored by `writer` of this tab: what was put aside before that is needed no more. */
  stored(id: string, writer: Writer): void;
  /** Stores what was left behind, by this browser's earlier pages. */
  recover(): Promise<void>;
}

const leftSchema = z.object({ baseRevision: z.int().min(0), writer: writerSchema, document: z.unknown() });

interface Left {
  readonly workflow: Workflow;
  readonly baseRevision: number;
  readonly writer: Writer;
}

export function createUnsaved(deps: {
  readonly database: Database;
  readonly codec: DocumentCodec<Workflow>;
  readonly hub: ChangeHub;
  readonly shelf: UnsavedShelf;
}): Unsaved {
  const { database, codec, hub, shelf } = deps;
  const tab = newId();
  let writes = 0;

  const nextWrite = (): Writer => {
    writes += 1;
    return { tab, write: writes };
  };
  // Tabs don't overwrite what another one has put aside.
  const keyOf = (id: string) => `${id}/${tab}`;

  /** Number of the write that put a workflow aside. */
  const kept = new Map<string, number>();
  const drop = (id: string) => {
    kept.delete(id);
    shelf.remove(keyOf(id));
  };

  const readLeft = (text: string): Left | null => {
    try {
      const left = leftSchema.parse(JSON.parse(text));
      const read = codec.read(left.document);
      return read.kind === "ok" ? { ...left, workflow: read.value } : null;
    } catch {
      return null;
    }
  };

  return {
    nextWrite,
    keep(workflow, baseRevision) {
      const writer = nextWrite();
      const left = { baseRevision, writer, document: codec.write(workflow) };
      const isKept = shelf.put(keyOf(workflow.id), JSON.stringify(left));
      if (isKept) kept.set(workflow.id, writer.write);
      return isKept;
    },
    drop,
    stored(id, writer) {
      if ((kept.get(id) ?? Number.POSITIVE_INFINITY) < writer.write) drop(id);
    },
    async recover() {
      for (const [key, text] of shelf.entries()) {
        const left = readLeft(text);
        // Written by a newer version, perhaps: left for the one that can read it.
        if (left === null) continue;
        try {
          const stored = await database.transaction(["workflows", "networkPolicies"], "readwrite", (table) =>
            storeLeft(codec, table("workflows"), table("networkPolicies"), left),
          );
          shelf.remove(key);
          if (stored !== null) hub.publish({ table: "workflows", ...stored });
        } catch (error) {
          // It stays where it is, for the next attempt: the storage may be full now.
          console.warn(`"${left.workflow.name}" has unsaved changes that could not be stored yet.`, error);
        }
      }
    },
  };
}

/** Stores a document that was left behind; null where that was not needed. */
async function storeLeft(
  codec: DocumentCodec<Workflow>,
  workflows: Table,
  policies: Table,
  left: Left,
): Promise<{ readonly id: string; readonly revision: number } | null> {
  const { workflow, baseRevision, writer } = left;
  const raw = await workflows.get(workflow.id);
  const row = raw === undefined ? null : readRow(codec, workflow.id, raw);
  const put = async (document: Workflow, revision: number, createdAt: number) => {
    const next: StoredRow = {
      revision,
      createdAt,
      updatedAt: Date.now(),
      writer,
      document: codec.write(document),
    };
    await workflows.put(document.id, next);
    return { id: document.id, revision };
  };
  if (row?.kind === "ok") {
    const isOfSameTab = row.writer.tab === writer.tab;
    if (isSameJson(row.workflow, workflow) || (isOfSameTab && row.writer.write > writer.write)) return null;
    // The same tab wrote last: it was on its way to this document.
    if (isOfSameTab || row.revision === baseRevision) return put(workflow, row.revision + 1, row.createdAt);
  }
  if (raw === undefined && baseRevision === 0) return put(workflow, 1, Date.now());
  const recovered = { ...workflow, id: newId(), name: `${workflow.name} (recovered)` };
  await inheritPolicy(policies, { id: workflow.id, isStored: raw !== undefined }, recovered.id);
  return put(recovered, 1, Date.now());
}
