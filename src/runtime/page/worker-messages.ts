import * as z from "zod";
import type { WorkerToPage } from "../messages.ts";
import type { StepOutcome } from "../protocol.ts";
import { MARKS } from "../shared/marks.ts";

/** Characters of one text of an error, or of any other that is only shown: Python's own are shorter. */
const MAX_TEXT = 300 * 1024;
/** Characters of a JSON text other than exports. */
const MAX_JSON = 4 * 1024 * 1024;
/** Bytes of the JSON text of all exports, and of what one thing that is shown takes: Python's limit is 32 MiB for either. */
const MAX_BYTES = 33 * 1024 * 1024;
/** Parts of one thing that is shown: Python's tables have 100 at most. */
const MAX_PARTS = 200;

const id = z.int();
const bytes = z.instanceof(ArrayBuffer).refine(({ byteLength }) => byteLength <= MAX_BYTES);
const json = z.string().max(MAX_JSON);
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
  z.object({ type: z.literal("running"), id }),
  z.object({ type: z.literal("done"), id, outcome: json, heapBytes: z.number() }),
  z.object({ type: z.literal("crashed"), message: shown }),
]) satisfies z.ZodType<WorkerToPage>;

const outcomeSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("success"), exit: z.object({ reason: shown }).nullable() }),
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
