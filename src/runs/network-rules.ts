import { isLiteralHost, normalizeHost, rangeOfHost } from "../lib/host-range.ts";
import type { HostQuestion, HostVerdict, NetworkAnswer, SecretQuestion } from "../runtime/index.ts";
import type { HostRule, NetworkPolicyRecord, SecretRule } from "./network-policy-types.ts";

/** Lines of hosts that were only reached: a workflow may go through thousands. */
const MAX_LISTED = 500;

/** What a workflow without a record may do: it was made here. */
export function emptyPolicy(id: string): NetworkPolicyRecord {
  return { id, trusted: true, hosts: [], secrets: [] };
}

/** Whether a host belongs to an app that is attached with an account. */
export type IsAppHost = (host: string) => boolean;

type Policy = Pick<NetworkPolicyRecord, "trusted" | "hosts" | "secrets">;

/** The line about a target: the one of its port before the one of all ports. */
function ruleFor(hosts: readonly HostRule[], host: string, port: number): HostRule | undefined {
  const ofHost = hosts.filter((rule) => rule.host === host);
  return ofHost.find((rule) => rule.port === port) ?? ofHost.find((rule) => rule.port === null);
}

/** As for a connection; a name may be looked up where one of its ports may be reached. */
function ruleForLookUp(hosts: readonly HostRule[], host: string): HostRule | undefined {
  const ofHost = hosts.filter((rule) => rule.host === host);
  return (
    ofHost.find((rule) => rule.decision === "allow" && rule.by === "person") ??
    ofHost.find((rule) => rule.port === null)
  );
}

/**
 * Whether a host may be reached, before anything is sent to it; `port` null: whether its name may be looked up. Lines of
 * the list come first. What was listed by a run says only that it was reached, so it allows nothing by itself.
 */
export function judgeHost(
  policy: Policy,
  isAppHost: IsAppHost,
  rawHost: string,
  port: number | null,
): HostVerdict {
  const host = normalizeHost(rawHost);
  const rule = port === null ? ruleForLookUp(policy.hosts, host) : ruleFor(policy.hosts, host, port);
  if (rule?.decision === "deny") return "deny";
  if (rule?.by === "person") return "allow";
  // Of an address nothing is looked up.
  if (isAppHost(host) || (port === null && isLiteralHost(host))) return "allow";
  return policy.trusted ? "allow" : "ask";
}

/**
 * What the list says to a question, null where the person must be asked. A host at a private or loopback address needs a
 * line that was made for that: a name that somebody allowed may be made to lead there (DNS rebinding).
 */
export function answerFromList(
  policy: Policy,
  isAppHost: IsAppHost,
  question: HostQuestion,
): NetworkAnswer | null {
  const verdict = judgeHost(policy, isAppHost, question.host, question.port);
  if (verdict === "deny") return "deny";
  if (question.range === "public" || question.port === null) return verdict === "allow" ? "allow" : null;
  const host = normalizeHost(question.host);
  const rule = ruleFor(policy.hosts, host, question.port);
  if (rule?.by === "person" && rule.range === question.range) return "allow";
  return isAppHost(host) && rangeOfHost(host) === question.range ? "allow" : null;
}

/** Adds or replaces the line of a host and port. */
export function withHost(record: NetworkPolicyRecord, rule: HostRule): NetworkPolicyRecord {
  const same = ({ host, port }: HostRule) => host === rule.host && port === rule.port;
  const index = record.hosts.findIndex(same);
  return { ...record, hosts: index < 0 ? [...record.hosts, rule] : record.hosts.with(index, rule) };
}

/** A line that the person writes into the list. */
export function withPersonsHost(
  record: NetworkPolicyRecord,
  rawHost: string,
  port: number | null,
  decision: NetworkAnswer,
): NetworkPolicyRecord {
  const host = normalizeHost(rawHost);
  const before = record.hosts.find((rule) => rule.host === host && rule.port === port);
  const { range = rangeOfHost(host), lastUsedAt = null } = before ?? {};
  return withHost(record, { host, port, range, decision, by: "person", lastUsedAt });
}

export function withoutHost(
  record: NetworkPolicyRecord,
  rawHost: string,
  port: number | null,
): NetworkPolicyRecord {
  const host = normalizeHost(rawHost);
  const hosts = record.hosts.filter((rule) => rule.host !== host || rule.port !== port);
  return { ...record, hosts };
}

/** The person's answer to a question: about a public host on all its ports, about others on the one that was asked for. */
export function withAnswer(
  record: NetworkPolicyRecord,
  question: HostQuestion,
  decision: NetworkAnswer,
): NetworkPolicyRecord {
  const { range } = question;
  return withHost(record, {
    host: normalizeHost(question.host),
    port: range === "public" ? null : question.port,
    range,
    decision,
    by: "person",
    lastUsedAt: null,
  });
}

/** A host was reached at `now`: what the list has about it was used, and a public one gets a line where it has none. */
export function withReached(
  record: NetworkPolicyRecord,
  isAppHost: IsAppHost,
  target: { readonly host: string; readonly port: number; readonly range: HostRule["range"] },
  now: number,
): NetworkPolicyRecord {
  const host = normalizeHost(target.host);
  const rule = ruleFor(record.hosts, host, target.port);
  if (rule) return withHost(record, { ...rule, lastUsedAt: now });
  if (target.range !== "public" || isAppHost(host)) return record;
  return withHost(withoutOldest(record), {
    host,
    port: null,
    range: "public",
    decision: "allow",
    by: "run",
    lastUsedAt: now,
  });
}

/** Makes room for a line of a run: those that were not used for the longest time go, what the person has written stays. */
function withoutOldest(record: NetworkPolicyRecord): NetworkPolicyRecord {
  const listed = record.hosts.filter(({ by }) => by === "run");
  if (listed.length < MAX_LISTED) return record;
  listed.sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
  const old = new Set(listed.slice(MAX_LISTED - 1));
  return { ...record, hosts: record.hosts.filter((rule) => !old.has(rule)) };
}

/** Whether the person has said that this secret of this account may always go to that host. */
export function mayAlwaysSend(policy: Pick<Policy, "secrets">, question: SecretQuestion): boolean {
  const { secret, account, host } = secretRuleOf(question);
  return policy.secrets.some(
    (rule) => rule.secret === secret && rule.account === account && rule.host === host,
  );
}

export function withSecret(record: NetworkPolicyRecord, question: SecretQuestion): NetworkPolicyRecord {
  return withSecretRule(record, secretRuleOf(question));
}

/** Adds a line unless it is there. */
export function withSecretRule(record: NetworkPolicyRecord, rule: SecretRule): NetworkPolicyRecord {
  const isThere = record.secrets.some(
    ({ secret, account, host }) => secret === rule.secret && account === rule.account && host === rule.host,
  );
  return isThere ? record : { ...record, secrets: [...record.secrets, rule] };
}

export function withoutSecret(
  record: NetworkPolicyRecord,
  secret: string,
  host: string,
): NetworkPolicyRecord {
  const secrets = record.secrets.filter(
    (rule) => rule.secret !== secret || rule.host !== normalizeHost(host),
  );
  return { ...record, secrets };
}

function secretRuleOf({ secret, account, host }: SecretQuestion): SecretRule {
  return { secret, account, host: normalizeHost(host) };
}
