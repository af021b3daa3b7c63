import { normalizeHost } from "../lib/host-range.ts";
import type { RunNetwork, StepError, StepOutcome } from "../runtime/index.ts";

type Target = NonNullable<StepError["denied"]>;

/** A run's network that notes what it refuses, so that the error of a step leads to where that can be allowed. */
interface NotedNetwork extends RunNetwork {
  /** The outcome; its error has the host that the workflow was denied, where that is the cause. */
  explain(outcome: StepOutcome): StepOutcome;
}

export function noteDenials(network: RunNetwork): NotedNetwork {
  const denied: Target[] = [];

  return {
    judge(host, port) {
      const verdict = network.judge(host, port);
      if (verdict === "deny") denied.push({ host: normalizeHost(host), port });
      return verdict;
    },
    async ask(question) {
      const answer = await network.ask(question);
      if (answer === "deny" && question.kind === "host") {
        const { host, port, range } = question;
        // A permission for a public host is one for all of its ports.
        denied.push({ host: normalizeHost(host), port: range === "public" ? null : port });
      }
      return answer;
    },
    reached: network.reached,
    get secrets() {
      return network.secrets;
    },
    explain(outcome) {
      if (outcome.status !== "failed") return outcome;
      const { error } = outcome;
      // What Python says about itself is not asked: only what was refused here counts.
      const text = `${error.type} ${error.message}\n${error.traceback}`.toLowerCase();
      const cause = text.includes("permissionerror")
        ? denied.findLast(({ host }) => text.includes(host))
        : undefined;
      return {
        ...outcome,
        error:
          cause === undefined
            ? { ...error, denied: null }
            : { ...error, code: "NetworkDenied", denied: cause },
      };
    },
  };
}
