import * as z from "zod";
import { type LockedPackage, lockedPackagesSchema } from "../../lib/locked-package.ts";
import type { StoreRequest, WorkerToPage } from "../messages.ts";
import type { StepOutcome, StepWait } from "../protocol.ts";
import { MARKS } from "../shared/marks.ts";

/** Characters of one text of an error, or of any other that is only shown: Python's own are shorter. */
const MAX_TEXT = 300 * 1024;
/** Characters of a JSON text other than exports. */
const MAX_JSON = 4 * 1024 * 1024;
/** Bytes of the JSON text of all exports, and of what one thing that is shown takes: Python's limit is 32 MiB for either. */
const MAX_BYTES = 33 * 1024 * 1024;
/** Parts of one thing that is shown: Python's tables have 100 at most. */
const MAX_PARTS = 200;

/** Characters of a key in a data store, and of a value's JSON text; datastores/limits.ts has the same for the pages. */
const MAX_KEY = 1024;
const MAX_VALUE = 4 * 1024 * 1024;
/** Records of a data store that are read at once. */
const MAX_PAGE = 10_000;

const id = z.int();
const bytes = z.instanceof(ArrayBuffer).refine(({ byteLength }) => byteLength <= MAX_BYTES);
const json = z.string().max(MAX_JSON);
const jsonText = json.refine(isJson);
/** Shown only, so that its beginning will do. */
const shown = z.string().transform((text) => text.slice(0, MAX_TEXT));
const position = z.int().nonnegative().nullable();

const messageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    pythonVersion: z.string().max(100),
    times: z.partialRecord(z.enum(MARKS), z.number()),
  }),
  z.object({ type: z.literal("boot-failed"), message: shown }),
  z.object({
    type: z.literal("output"),
    number: z.int(),
    bytes: z.instanceof(ArrayBuffer),
    stretches: z.custom<Uint32Array<ArrayBuffer>>((value) => value instanceof Uint32Array),
    at: z.number(),
  }),
  z.object({ type: z.literal("phase"), text: shown }),
  z.object({ type: z.literal("exports"), bytes, kept: z.boolean() }),
  z.object({ type: z.literal("display"), head: json, parts: z.array(bytes).max(MAX_PARTS) }),
  z.object({ type: z.literal(["installed", "locked"]), json }),
  // A value is a text within a text: each of its characters may be escaped twice.
  z.object({ type: z.literal("data-store"), id, request: z.string().max(3 * MAX_VALUE) }),
  z.object({ type: z.literal("running"), id }),
  z.object({ type: z.literal("done"), id, outcome: json, heapBytes: z.number() }),
  z.object({ type: z.literal("crashed"), message: shown }),
]) satisfies z.ZodType<WorkerToPage>;

/** Milliseconds of a wait: a year at most. */
const ms = z.number().min(0).max(31_536_000_000);
const waitSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal(["delay", "suspend"]), ms }),
  z.object({ kind: z.literal("rerun"), ms, context: jsonText, maxRetries: z.int().nonnegative() }),
]) satisfies z.ZodType<StepWait>;

const outcomeSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    exit: z.object({ reason: shown }).nullable(),
    wait: waitSchema.nullable(),
  }),
  z.object({
    status: z.literal("failed"),
    error: z.object({
      code: shown,
      type: shown,
      message: shown,
      line: position,
      column: position,
      traceback: shown,
      hint: shown.nullable(),
    }),
  }),
  z.object({ status: z.literal("stopped") }),
]) satisfies z.ZodType<StepOutcome>;

const key = z.string().min(1).max(MAX_KEY);
const ttl = z.number().positive().nullable();
const counts = { number: z.int().positive(), failures: z.int().nonnegative() };

const storeRequestSchema = z.discriminatedUnion("op", [
  z.object({ ...counts, op: z.literal(["get", "delete"]), key }),
  z.object({ ...counts, op: z.literal("set"), key, json: z.string().max(MAX_VALUE), ttl }),
  z.object({ ...counts, op: z.literal("expire"), key, ttl }),
  z.object({ ...counts, op: z.literal(["clear", "count"]) }),
  z.object({
    ...counts,
    op: z.literal(["keys", "items"]),
    after: z.string().max(MAX_KEY).nullable(),
    limit: z.int().min(1).max(MAX_PAGE),
  }),
]) satisfies z.ZodType<StoreRequest>;

/**
 * What a worker has sent over its control port. The sandbox isn't trusted: a step's code has the same port in its reach. Null for what
 * none of our own workers sends; of the rest nothing but the fields that belong there. What it *says* is not believed by this.
 */
export function readWorkerMessage(data: unknown): WorkerToPage | null {
  return messageSchema.safeParse(data).data ?? null;
}

/** The outcome in a `done`; null where there is none. */
export function readOutcome(text: string): StepOutcome | null {
  try {
    return outcomeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The request in a `data-store`; null where there is none that our Python sends. */
export function readStoreRequest(text: string): StoreRequest | null {
  try {
    const request = storeRequestSchema.safeParse(JSON.parse(text)).data;
    if (!request) return null;
    // Python checks that it is JSON; what else has the port doesn't.
    if (request.op === "set") JSON.parse(request.json);
    return request;
  } catch {
    return null;
  }
}

/** The packages in an `installed` or a `locked`; undefined where there are none. */
export function readPackages(json: string): readonly LockedPackage[] | undefined {
  try {
    return lockedPackagesSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
