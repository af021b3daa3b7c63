import { z } from "zod";
import { socketCommandSchemas } from "../../gateway/command-protocol.ts";
import type { SocketCommand } from "../../gateway/protocol.ts";

/** What a worker may ask of the gateway: everything but the answers to its questions. */
const schema = z.discriminatedUnion("op", socketCommandSchemas);

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
