import * as z from "zod";
import type { LockedPackage } from "../../lib/locked-package.ts";
import type { KeepMessage } from "../messages.ts";
import type { createWorkerNetwork, GatewayClient } from "../network/index.ts";
import type { KeepRequest } from "./keeper.ts";
import type { KeptPython } from "./kept-workflows.ts";
import type { Sandbox } from "./sandbox.ts";

const names = z.array(z.string().max(300)).max(2000);
const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("kept"), memory: z.instanceof(Blob), files: z.instanceof(Blob) }),
  z.object({ type: z.literal("kept-nothing") }),
  z.object({ type: z.literal("not-kept"), without: names, unimported: names }),
]) satisfies z.ZodType<KeepMessage>;

export type KeepResult =
  | { readonly kind: "kept"; readonly content: KeptPython }
  /** Nothing of the workflow's packages is worth it. */
  | { readonly kind: "nothing" }
  /** These are in the way. */
  | {
      readonly kind: "refused";
      readonly without: readonly string[];
      readonly unimported: readonly string[];
    };

export interface KeepingWorkerDeps {
  readonly id: number;
  readonly sandbox: Sandbox;
  readonly client: GatewayClient;
  readonly createNetwork: typeof createWorkerNetwork;
}

/** A worker that runs no step: it makes one snapshot. Packages are all that it may fetch. */
export function openKeepingWorker({ id, sandbox, client, createNetwork }: KeepingWorkerDeps): {
  make(request: KeepRequest): Promise<KeepResult>;
  kill(): void;
} {
  const control = new MessageChannel();
  const network = createNetwork({
    client,
    onConnection() {},
    permitted: { judge: () => "deny", ask: async () => "deny", reached() {}, secrets: [] },
  });
  let fail: (error: Error) => void = () => {};
  let dead = false;

  return {
    make: (request) =>
      new Promise((resolve, reject) => {
        fail = reject;
        control.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
          const result = resultOf(data, request.lock);
          if (result) resolve(result);
          else reject(new Error("No snapshot was made."));
        };
        sandbox.spawn(
          id,
          [control.port2, network.socketPort, network.fetchPort],
          { onFailed: (message) => reject(new Error(message)), onPending() {} },
          { keep: JSON.stringify(request) },
        );
      }),
    kill() {
      if (dead) return;
      dead = true;
      void sandbox.kill(id);
      network.close();
      control.port1.close();
      fail(new Error("The worker was ended."));
    },
  };
}

/** The sandbox isn't trusted: what is not as expected is no result. */
function resultOf(data: unknown, lock: readonly LockedPackage[]): KeepResult | null {
  const message = messageSchema.safeParse(data).data;
  if (message?.type === "kept") {
    const { memory, files } = message;
    return { kind: "kept", content: { memory, files, packages: lock } };
  }
  if (message?.type === "not-kept") return { kind: "refused", ...message };
  return message ? { kind: "nothing" } : null;
}
