import { z } from "zod";
import type { SocketCommand } from "../../gateway/protocol.ts";

const host = z.string().min(1).max(255);
const pem = z.string();
const milliseconds = z
  .number()
  .positive()
  .max(24 * 3600_000);

/** What a worker may ask of the gateway: everything but the answers to its questions. */
const schema = z.discriminatedUnion("op", [
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
]) satisfies z.ZodType<SocketCommand>;

/** The command in a control frame of the sandbox, with nothing else in it; null where there is none. */
export function readCommand(text: string): SocketCommand | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}
