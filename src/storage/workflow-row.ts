import * as z from "zod";
import type { DocumentCodec, DocumentEnvelope } from "../lib/document-codec.ts";
import type { Workflow } from "../workflow/index.ts";
import type { LoadedWorkflow, WorkflowSummary } from "./types.ts";

/** Which tab wrote something, and as which of its writes: a later one has a higher number. */
export interface Writer {
  readonly tab: string;
  readonly write: number;
}

/** A workflow as it is stored. */
export interface StoredRow {
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly writer: Writer;
  readonly document: DocumentEnvelope;
}

export const writerSchema = z.object({ tab: z.string(), write: z.number() });

const rowSchema = z.object({
  revision: z.int().min(1),
  createdAt: z.number(),
  updatedAt: z.number(),
  writer: writerSchema,
  document: z.unknown(),
});

/** A row that could be read. */
export interface ReadRow {
  readonly workflow: Workflow;
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly writer: Writer;
}

export type RowReading =
  | ({ readonly kind: "ok" } & ReadRow)
  | Exclude<LoadedWorkflow, { readonly kind: "ok" | "missing" }>;

/** Reads what is stored under `id`, whatever it is. */
export function readRow(codec: DocumentCodec<Workflow>, id: string, raw: unknown): RowReading {
  const row = rowSchema.safeParse(raw);
  if (!row.success) return { kind: "corrupt", message: "The stored row is damaged.", raw: textOf(raw) };
  const { document, ...rest } = row.data;
  const read = codec.read(document);
  switch (read.kind) {
    case "ok":
      if (read.value.id !== id)
        return {
          kind: "corrupt",
          message: "It is stored under another id than its own.",
          raw: textOf(document),
        };
      return { kind: "ok", workflow: read.value, ...rest };
    case "newer-version":
      return { kind: "newer-version", version: read.version, workflow: read.value, raw: textOf(document) };
    case "corrupt":
      return { kind: "corrupt", message: read.message, raw: textOf(document) };
  }
}

/** The row's line in the list; of one that can't be read, what can be made out. */
export function summarize(codec: DocumentCodec<Workflow>, id: string, raw: unknown): WorkflowSummary {
  const row = readRow(codec, id, raw);
  const workflow = row.kind === "corrupt" ? null : row.workflow;
  return {
    id,
    name: workflow?.name ?? nameIn(raw) ?? "Unreadable workflow",
    stepCount: workflow?.steps.length ?? 0,
    apps: [...new Set(workflow?.steps.flatMap((step) => step.apps.map(({ app }) => app)))],
    ...(timesSchema.safeParse(raw).data ?? { createdAt: 0, updatedAt: 0 }),
    problem: row.kind === "ok" ? null : row.kind,
  };
}

const timesSchema = z.object({ createdAt: z.number(), updatedAt: z.number() });
const nameSchema = z.object({ document: z.object({ data: z.object({ name: z.string().min(1) }) }) });

function nameIn(raw: unknown): string | null {
  return nameSchema.safeParse(raw).data?.document.data.name ?? null;
}

/** What is stored, as text to download; also of values that JSON has no form for. */
function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw, null, 2) ?? String(raw);
  } catch {
    return String(raw);
  }
}
