import { z } from "zod";
import type { FetchToPage } from "./fetch-messages.ts";

const MAX_URL = 16_384;
const MAX_HEADERS = 32_768;
const MAX_BODY = 128 * 1024 * 1024;

const id = z.int().min(0);
const headers = z
  .array(z.tuple([z.string(), z.string()]))
  .max(200)
  .refine((list) => list.reduce((sum, [name, value]) => sum + name.length + value.length, 0) <= MAX_HEADERS);

const schema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("request"),
    id,
    url: z.string().max(MAX_URL),
    method: z.string().regex(/^[A-Za-z]{1,20}$/),
    headers,
    redirect: z.enum(["follow", "manual", "error"]),
    body: z.nullable(z.instanceof(ArrayBuffer).refine((body) => body.byteLength <= MAX_BODY)),
  }),
  z.object({ type: z.literal("taken"), id, bytes: z.int().min(0) }),
  z.object({ type: z.literal("abort"), id }),
]) satisfies z.ZodType<FetchToPage>;

/** The message, where the sandbox sent one of ours. */
export function readFetchMessage(data: unknown): FetchToPage | null {
  const result = schema.safeParse(data);
  return result.success ? result.data : null;
}
