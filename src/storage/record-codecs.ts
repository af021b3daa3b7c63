import * as z from "zod";
import type { DataStore, DataStoreRecord } from "../datastores/index.ts";
import { createDocumentCodec, type DocumentCodec } from "../lib/document-codec.ts";
import type { NetworkPolicyRecord, RunKind, StepResultRecord, WaitingRun } from "../runs/index.ts";
import type { SealedAccount, SealedVariable } from "../vault/index.ts";

/** Formats of the records. A change of one comes with a migration and a fixture of the version it leads to. */

const sealed = z.object({ iv: z.string(), data: z.string() });

export const accountCodec: DocumentCodec<SealedAccount> = createDocumentCodec({
  format: "runnel.account",
  migrations: [],
  schema: z.object({
    id: z.string(),
    app: z.string(),
    name: z.string(),
    fields: sealed,
    createdAt: z.number(),
    lastUsedAt: z.number(),
  }),
});

export const variableCodec: DocumentCodec<SealedVariable> = createDocumentCodec({
  format: "runnel.variable",
  migrations: [],
  schema: z.object({
    id: z.string(),
    value: sealed,
    secret: z.boolean(),
    description: z.string(),
    updatedAt: z.number(),
  }),
});

export const networkPolicyCodec: DocumentCodec<NetworkPolicyRecord> = createDocumentCodec({
  format: "runnel.network-policy",
  migrations: [],
  schema: z.object({
    id: z.string(),
    trusted: z.boolean(),
    hosts: z.array(
      z.object({
        host: z.string(),
        port: z.number().nullable(),
        range: z.enum(["loopback", "private", "public"]),
        decision: z.enum(["allow", "deny"]),
        by: z.enum(["person", "run"]),
        lastUsedAt: z.number().nullable(),
      }),
    ),
    secrets: z.array(z.object({ secret: z.string(), account: z.string(), host: z.string() })),
  }),
});

export const dataStoreCodec: DocumentCodec<DataStore> = createDocumentCodec({
  format: "runnel.data-store",
  migrations: [],
  schema: z.object({ id: z.string(), name: z.string(), createdAt: z.number() }),
});

/** Its key stands beside it. */
export const dataStoreRecordCodec: DocumentCodec<Omit<DataStoreRecord, "key">> = createDocumentCodec({
  format: "runnel.data-store-record",
  migrations: [],
  schema: z.object({ json: z.string(), expiresAt: z.number().nullable(), updatedAt: z.number() }),
});

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** Version 1 knew of an exchange its method, path, status and times only. */
function addExchangeDetails(data: unknown): unknown {
  const detailed = (exchange: unknown, index: number) => ({
    id: index + 1,
    version: "",
    reason: "",
    firstByteMs: null,
    request: null,
    response: null,
    ...Object(exchange),
  });
  const { network, ...rest } = Object(data);
  return {
    ...rest,
    network: [...network].map((connection: unknown) => {
      const { exchanges, ...facts } = Object(connection);
      return { verified: null, ...facts, exchanges: [...exchanges].map(detailed) };
    }),
  };
}

/** Version 2 knew of text only. */
const addDisplays = (data: unknown): unknown => ({ ...Object(data), displays: [] });

export const resultCodec: DocumentCodec<StepResultRecord> = createDocumentCodec({
  format: "runnel.result",
  migrations: [addExchangeDetails, addDisplays],
  schema: z.object({
    id: z.string(),
    workflowId: z.string(),
    stepId: z.string(),
    status: z.enum(["success", "failed", "stopped"]),
    startedAt: z.number(),
    durationMs: z.number(),
    // Thousands of lines: looked at no closer than that they are objects.
    logs: z.array(z.custom<StepResultRecord["logs"][number]>(isObject)),
    logLinesTotal: z.number(),
    exportsJson: z.string().nullable(),
    displays: z.array(z.custom<StepResultRecord["displays"][number]>(isObject)),
    inputsJson: z.string().nullable(),
    network: z.array(z.custom<StepResultRecord["network"][number]>(isObject)),
    error: z.custom<StepResultRecord["error"]>((value) => value === null || isObject(value)),
    exitReason: z.string().nullable(),
    fingerprint: z.string(),
    summary: z.string(),
  }),
});

/** All of them: what the codec doesn't know is lost at a reload. */
const RUN_KINDS = {
  step: "step",
  "up-to": "up-to",
  from: "from",
  workflow: "workflow",
} as const satisfies { readonly [Kind in RunKind]: Kind };

export const waitingRunCodec: DocumentCodec<WaitingRun> = createDocumentCodec({
  format: "runnel.waiting-run",
  migrations: [],
  schema: z.object({
    id: z.string(),
    workflowId: z.string(),
    runId: z.string(),
    runKind: z.enum(RUN_KINDS),
    kind: z.enum(["delay", "suspend", "rerun"]),
    stepId: z.string(),
    stepStartedAt: z.number(),
    plannedIds: z.array(z.string()),
    stepIds: z.array(z.string()),
    since: z.number(),
    due: z.number(),
    triggerJson: z.string(),
    exports: z.record(z.string(), z.string()),
    rerun: z.object({ runs: z.number(), context: z.string(), maxRetries: z.number() }).nullable(),
    address: z.object({ hook: z.string(), resume: z.string(), cancel: z.string() }),
  }),
});
