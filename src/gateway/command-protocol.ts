import { z } from "zod";
import { type SocketCommand, TLS_VERSIONS } from "./protocol.ts";

const host = z.string().min(1).max(255);
const pem = z.string().max(900_000);
const milliseconds = z
  .number()
  .positive()
  .max(24 * 3600_000);

/** The commands of the sandbox, one schema each: the page checks them before it passes them on, the gateway before it obeys. */
export const socketCommandSchemas = [
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
    passphrase: z.string().max(1024).exactOptional(),
    alpn: z.array(z.string().min(1).max(255)).max(20).exactOptional(),
    minVersion: z.enum(TLS_VERSIONS).exactOptional(),
    maxVersion: z.enum(TLS_VERSIONS).exactOptional(),
    ciphers: z.string().max(4096).exactOptional(),
    legacyServer: z.boolean().exactOptional(),
    timeoutMs: milliseconds.exactOptional(),
  }),
  z.object({ op: z.literal("ack"), bytes: z.int().min(0) }),
  z.object({ op: z.literal("shutdown") }),
  z.object({ op: z.literal("close") }),
] as const satisfies readonly z.ZodType<SocketCommand>[];
