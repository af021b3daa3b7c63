import { z } from "zod";
import { HOOK_TOKEN, type HooksCommand } from "../hooks-protocol.ts";

const token = z.string().regex(HOOK_TOKEN);
const id = z.string().regex(/^[a-z\d]{1,40}$/);

const commandSchema = z.discriminatedUnion("op", [
  z.object({ op: z.literal("listen"), token }),
  z.object({ op: z.literal("leave"), token }),
  z.object({ op: z.literal("drop"), token }),
  z.object({ op: z.literal("watch"), tokens: z.array(token).max(10_000) }),
  z.object({ op: z.literal("taken"), id }),
  z.object({ op: z.literal("refused"), id }),
  z.object({
    op: z.literal("answer"),
    id,
    response: z
      .object({
        status: z.int().min(200).max(599),
        headers: z.array(z.tuple([z.string().max(256), z.string().max(16_384)])).max(100),
        body: z.base64(),
      })
      .nullable(),
  }),
]) satisfies z.ZodType<HooksCommand>;

/** Reads a page's message; null for anything that is no command of the protocol. */
export function readHooksCommand(message: string): HooksCommand | null {
  try {
    return commandSchema.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}
