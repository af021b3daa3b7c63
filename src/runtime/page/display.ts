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
]);

/** What the sandbox wants shown; undefined for what is nothing of the kind: the sandbox isn't trusted. */
export function readDisplay(headJson: string, parts: readonly ArrayBuffer[]): Display | undefined {
  const head = readHead(headJson);
  const [first] = parts;
  if (!head || parts.some((part) => !(part instanceof ArrayBuffer))) return undefined;
  if (head.kind === "image") return first && parts.length === 1 ? { head, bytes: first } : undefined;
  const expected = head.kind === "table" ? Math.ceil(head.kept / TABLE_PART_ROWS) : 1;
  if (parts.length !== expected) return undefined;
  const decoder = new TextDecoder();
  return { head, parts: parts.map((part) => decoder.decode(part)) };
}

function readHead(json: string): z.infer<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
