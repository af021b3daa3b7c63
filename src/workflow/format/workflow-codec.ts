import * as z from "zod";
import { createDocumentCodec, type DocumentCodec, type Migration } from "../../lib/document-codec.ts";
import { lockedPackagesSchema } from "../../lib/locked-package.ts";
import { LONGEST_TIME_LIMIT_SECONDS, SHORTEST_TIME_LIMIT_SECONDS } from "../edits.ts";
import { isStepName } from "../names.ts";
import type { Workflow } from "../types.ts";

const stepSchema = z.object({
  id: z.string().min(1),
  name: z.string().refine(isStepName, "not a name that a step can have"),
  title: z.string(),
  code: z.string(),
  apps: z
    .array(z.object({ app: z.string().min(1), accountId: z.string().nullable() }))
    .refine((apps) => isUnique(apps.map(({ app }) => app)), "an app is attached twice"),
  dataStore: z.object({ id: z.string().min(1).nullable() }).nullable(),
  enabled: z.boolean(),
  collapsed: z.boolean(),
  note: z.string(),
});

const eventFields = { eventText: z.string(), collapsed: z.boolean() };

const triggerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("manual"), ...eventFields }),
  z.object({ kind: z.literal("http"), ...eventFields, runs: z.boolean() }),
  z.object({
    kind: z.literal("schedule"),
    ...eventFields,
    schedule: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("interval"), seconds: z.number().positive() }),
      z.object({ kind: z.literal("cron"), expression: z.string(), timeZone: z.string() }),
    ]),
    enabled: z.boolean(),
  }),
]);

const workflowSchema: z.ZodType<Workflow> = z.object({
  id: z.string().min(1),
  name: z.string(),
  trigger: triggerSchema,
  steps: z
    .array(stepSchema)
    .refine((steps) => isUnique(steps.map(({ id }) => id)), "two steps have the same id")
    .refine((steps) => isUnique(steps.map(({ name }) => name)), "two steps have the same name"),
  settings: z.object({
    timeLimitSeconds: z.number().min(SHORTEST_TIME_LIMIT_SECONDS).max(LONGEST_TIME_LIMIT_SECONDS),
  }),
  packages: lockedPackagesSchema,
});

/**
 * One migration for each version after the first, in order, and never changed once shipped. A new one comes with a
 * fixture of the version it leads to: `fixtures/workflow-vN.json`.
 */
const migrations: readonly Migration[] = [
  // 2: the packages that runs install.
  (data) => (typeof data === "object" ? { ...data, packages: [] } : data),
  // 3: data stores attached to steps; triggers of other kinds than manual.
  (data) => {
    const { steps, ...rest } = Object(data);
    if (!Array.isArray(steps)) return data;
    return { ...rest, steps: steps.map((step: unknown) => ({ ...Object(step), dataStore: null })) };
  },
];

/** Workflows as they are stored and exported. */
export const workflowCodec: DocumentCodec<Workflow> = createDocumentCodec({
  format: "runnel.workflow",
  schema: workflowSchema,
  migrations,
});

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
