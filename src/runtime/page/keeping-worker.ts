import * as z from "zod";
import { type LockedPackage, lockedPackagesSchema } from "../../lib/locked-package.ts";
import type { KeepMessage, WorkerToPage } from "../messages.ts";
import type { createWorkerNetwork, GatewayClient } from "../network/index.ts";
import type { KeepRequest } from "./keeper.ts";
import type { KeptPython } from "./kept-workflows.ts";
import type { Sandbox } from "./sandbox.ts";

const namesSchema = z.array(z.string().max(300)).max(2000);

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
        control.port1.onmessage = ({ data }: MessageEvent<KeepMessage | WorkerToPage>) => {
          const result = "type" in data ? resultOf(data) : null;
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
function resultOf(message: KeepMessage | WorkerToPage): KeepResult | null {
  if (message.type === "kept-nothing") return { kind: "nothing" };
  if (message.type === "not-kept") {
    const { without, unimported } = message;
    const areNames = [without, unimported].every((names) => namesSchema.safeParse(names).success);
    return areNames ? { kind: "refused", without, unimported } : null;
  }
  if (message.type !== "kept") return null;
  const packages = readPackages(message.packagesJson);
  return packages && { kind: "kept", content: { memory: message.memory, files: message.files, packages } };
}

function readPackages(json: string): readonly LockedPackage[] | null {
  try {
    return lockedPackagesSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
