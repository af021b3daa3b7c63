import { z } from "zod";
import type { PolicyCommand, SocketCommand } from "./protocol.ts";

const host = z.string().min(1).max(255);
const pem = z.string().max(900_000);
const milliseconds = z
  .number()
  .positive()
  .max(24 * 3600_000);

const commandSchema = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("connect"),
    host,
    port: z.int().min(1).max(65_535),
    timeoutMs: milliseconds.exactOptional(),
  }),
  z.object({ op: z.literal("resolve"), host }),
  z.object({
    op: z.literal("starttls"),
    servername: z.string().max(255),
    verify: z.boolean(),
    checkHostname: z.boolean(),
    ca: pem.exactOptional(),
    caOnly: z.boolean().exactOptional(),
    cert: pem.exactOptional(),
    key: pem.exactOptional(),
    alpn: z.array(z.string().min(1).max(255)).max(20).exactOptional(),
    timeoutMs: milliseconds.exactOptional(),
  }),
  z.object({ op: z.literal("ack"), bytes: z.int().min(0) }),
  z.object({ op: z.literal("shutdown") }),
  z.object({ op: z.literal("close") }),
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
