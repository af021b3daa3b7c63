import type { GuardedSecret, HostQuestion, RunNetwork, SecretQuestion } from "../runtime/index.ts";
import type { NetworkPolicy } from "./network-policy.ts";
import type { NetworkPolicyRecord } from "./network-policy-types.ts";
import {
  answerFromList,
  emptyPolicy,
  type IsAppHost,
  judgeHost,
  mayAlwaysSend,
  withAnswer,
  withReached,
  withSecret,
} from "./network-rules.ts";
import type { Permissions } from "./permissions.ts";

export interface RunNetworkDeps {
  /** Must be ready before the first step runs. */
  readonly policy: NetworkPolicy;
  readonly ask: Permissions["ask"];
  readonly isAppHost: IsAppHost;
  readonly secrets: () => readonly GuardedSecret[];
  /** The step that runs now. */
  readonly stepName: () => string;
  /** Replaces secrets, as in everything that is shown or stored. */
  readonly mask: (text: string) => string;
  /** The person would rather end the run than answer. */
  readonly stop: () => void;
  /** Aborted when the run is stopped or over. */
  readonly signal: AbortSignal;
}

/** What one run may do on the network: the workflow's list, and what the person answers while it goes on. */
export function createRunNetwork(deps: RunNetworkDeps): RunNetwork {
  const { policy, ask, isAppHost, signal } = deps;
  /** Answers that hold for this run only. */
  let once: NetworkPolicyRecord = emptyPolicy("");
  const refusedSecrets = new Set<string>();
  const reached = new Set<string>();

  function list() {
    const { trusted, hosts, secrets } = policy.getState();
    // What the person has since written into the list about the same target is newer than the answer.
    const still = once.hosts.filter(
      ({ host, port, range }) =>
        !hosts.some(
          (rule) => rule.by === "person" && rule.host === host && rule.port === port && rule.range === range,
        ),
    );
    return { trusted, hosts: [...still, ...hosts], secrets: [...once.secrets, ...secrets] };
  }

  const hasSecret = (host: string) => deps.mask(host) !== host;

  async function put(question: HostQuestion | SecretQuestion, isSettled: () => boolean) {
    if (isSettled()) return null;
    const shown = { ...question, host: deps.mask(question.host) };
    const pending = { question: shown, stepName: deps.stepName() };
    const answer = await ask(pending, { isSettled, subscribe: policy.subscribe, signal });
    if (answer !== "stop") return answer;
    deps.stop();
    return null;
  }

  async function askHost(question: HostQuestion) {
    const known = () => answerFromList(list(), isAppHost, question);
    const answer = await put(question, () => known() !== null);
    // The list is stored as it is: a name with a secret in it does not get into it.
    if (answer === "allow" && !hasSecret(question.host))
      policy.change((record) => withAnswer(record, question, "allow"));
    else if (answer !== null) once = withAnswer(once, question, answer === "deny" ? "deny" : "allow");
    return known() ?? "deny";
  }

  async function askSecret(question: SecretQuestion) {
    const refusal = JSON.stringify([question.secret, question.account, question.host]);
    const known = () => {
      if (refusedSecrets.has(refusal)) return "deny";
      return mayAlwaysSend(list(), question) ? "allow" : null;
    };
    const answer = await put(question, () => known() !== null);
    if (answer === "allow") policy.change((record) => withSecret(record, question));
    else if (answer === "allow-once") once = withSecret(once, question);
    else if (answer === "deny") refusedSecrets.add(refusal);
    return known() ?? "deny";
  }

  return {
    judge: (host, port) => judgeHost(list(), isAppHost, host, port),
    ask: (question) => (question.kind === "host" ? askHost(question) : askSecret(question)),
    reached(host, port, range) {
      const target = `${host} ${port}`;
      // Once a run: a list that is written for each of a thousand requests would only be slow.
      if (reached.has(target) || hasSecret(host)) return;
      reached.add(target);
      policy.change((record) => withReached(record, isAppHost, { host, port, range }, Date.now()));
    },
    get secrets() {
      return deps.secrets();
    },
  };
}
