import { z } from "zod";
import { socketCommandSchemas } from "./command-protocol.ts";
import type { PolicyCommand, SocketCommand } from "./protocol.ts";

const commandSchema = z.discriminatedUnion("op", [
  ...socketCommandSchemas,
  z.object({ op: z.literal("allow") }),
  z.object({ op: z.literal("deny"), message: z.string().max(1000) }),
]) satisfies z.ZodType<SocketCommand | PolicyCommand>;

/** Reads a control frame's payload; null for anything that is not a command of the protocol. */
export function readCommand(payload: Buffer): SocketCommand | PolicyCommand | null {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString("utf8"));
  } catch {
    return null;
  }
  const result = commandSchema.safeParse(value);
  return result.success ? result.data : null;
}
