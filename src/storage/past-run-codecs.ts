import * as z from "zod";
import { createDocumentCodec, type DocumentCodec } from "../lib/document-codec.ts";
import type { PackedRun, PastRunSummary } from "../runs/index.ts";

/** Formats of past runs. A change of one comes with a migration. */

const text = <T extends string>() => z.custom<T>((value) => typeof value === "string");
const isObject = (value: unknown) => typeof value === "object" && value !== null;

export const pastRunCodec: DocumentCodec<PastRunSummary> = createDocumentCodec({
  format: "runnel.run",
  migrations: [],
  schema: z.object({
    id: z.string(),
    workflowId: z.string(),
    kind: text<PastRunSummary["kind"]>(),
    startedAt: z.number(),
    durationMs: z.number(),
    status: z.enum(["success", "failed", "stopped", "exited", "waiting"]),
    steps: z.array(
      z.object({ name: z.string(), outcome: text<PastRunSummary["steps"][number]["outcome"]>() }),
    ),
    error: z.string().nullable(),
    size: z.number(),
  }),
});

export const pastRunContentCodec: DocumentCodec<PackedRun> = createDocumentCodec({
  format: "runnel.run-content",
  migrations: [],
  schema: z.object({
    id: z.string(),
    trigger: z.object({
      kind: text<PackedRun["trigger"]["kind"]>(),
      eventText: z.string().nullable(),
      length: z.number(),
    }),
    steps: z.array(
      z.object({
        json: z.string(),
        exportsJson: z.string().nullable(),
        inputsJson: z.string().nullable(),
        displays: z.array(z.custom<PackedRun["steps"][number]["displays"][number]>(isObject)),
      }),
    ),
  }),
});
