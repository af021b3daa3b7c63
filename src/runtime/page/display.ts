import * as z from "zod";
import { type Display, TABLE_PART_ROWS } from "../protocol.ts";

const facts = { returned: z.boolean().default(false), note: z.string().max(2000).nullable().default(null) };
const count = z.int().nonnegative();

const headSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("table"),
    ...facts,
    columns: z.array(z.object({ name: z.string(), dtype: z.string() })),
    columnsTotal: count,
    total: count,
    kept: count,
  }),
  z.object({
    kind: z.literal("image"),
    ...facts,
    mime: z.enum(["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"]),
    scale: z.number().min(0.1).max(10),
  }),
  z.object({ kind: z.enum(["html", "json", "text"]), ...facts }),
  z.object({
    kind: z.literal("response"),
    ...facts,
    status: z.int().min(200).max(599),
    headers: z.array(z.tuple([z.string().max(256), z.string().max(16_384)])).max(110),
    encoding: z.enum(["text", "base64"]),
  }),
]);

/** What the sandbox wants shown; undefined for what is nothing of the kind: the sandbox isn't trusted. */
export function readDisplay(headJson: string, parts: readonly ArrayBuffer[]): Display | undefined {
  const head = readHead(headJson);
  const [first] = parts;
  if (!head || parts.some((part) => !(part instanceof ArrayBuffer))) return undefined;
  if (head.kind === "image") return first && parts.length === 1 ? { head, bytes: first } : undefined;
  const expected = head.kind === "table" ? Math.ceil(head.kept / TABLE_PART_ROWS) : 1;
  if (parts.length !== expected) return undefined;
  if (head.kind === "response" && !isBody(head.encoding, first)) return undefined;
  const decoder = new TextDecoder();
  return { head, parts: parts.map((part) => decoder.decode(part)) };
}

/** Bytes of the body of an answer, as Python keeps to. */
const MAX_BODY = 10 * 1024 * 1024;

/** Whether the gateway would take it: it ends the connection of a page that sends anything else. */
function isBody(encoding: "text" | "base64", part: ArrayBuffer | undefined): boolean {
  if (!part) return false;
  if (encoding === "text") return part.byteLength <= MAX_BODY;
  if (part.byteLength % 4 !== 0 || part.byteLength > Math.ceil(MAX_BODY / 3) * 4) return false;
  return /^[A-Za-z\d+/]*={0,2}$/.test(new TextDecoder("latin1").decode(part));
}

function readHead(json: string): z.infer<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
