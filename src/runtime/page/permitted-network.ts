import type { RunNetwork } from "../protocol.ts";
import type { TimeLimit } from "./time-limit.ts";

/**
 * What a worker may do on the network: while a step runs, what its run may; between steps there is nothing that should send
 * anything. The step's time limit stands still while the person is asked.
 */
export function permittedNetwork(
  runningStep: () => { readonly limit: TimeLimit } | null,
  runNetwork: () => RunNetwork | null,
): RunNetwork {
  return {
    judge: (host, port) => (runningStep() && runNetwork()?.judge(host, port)) ?? "deny",
    async ask(question) {
      const step = runningStep();
      if (!step) return "deny";
      step.limit.hold();
      try {
        return (await runNetwork()?.ask(question)) ?? "deny";
      } finally {
        step.limit.resume();
      }
    },
    reached: (host, port, range) => runNetwork()?.reached(host, port, range),
    get secrets() {
      return runNetwork()?.secrets ?? [];
    },
  };
}
