import { isLiteralHost, rangeOfHost } from "../../lib/host-range.ts";
import type { HostQuestion, NetworkAnswer, RunNetwork } from "../protocol.ts";
import type { Clearance } from "./secret-guard.ts";

/** Questions that may be open at a time; a step that goes through all ports would bury the person in them. */
const MAX_QUESTIONS = 16;

/** What the workflow may reach, with the person behind it. */
export interface Permissions {
  /** Before anything is sent, name look-ups included (`port` null). */
  clear(host: string, port: number | null): Clearance;
  /** Once a host turned out to be at a private or loopback address. */
  ask(question: HostQuestion): Promise<NetworkAnswer>;
  /** A connection was made. */
  readonly reached: RunNetwork["reached"];
}

/** Asks the person once for each target, however many connections wait for it. */
export function createPermissions(permitted: Pick<RunNetwork, "judge" | "ask" | "reached">): Permissions {
  const open = new Map<string, Promise<NetworkAnswer>>();

  function ask(question: HostQuestion): Promise<NetworkAnswer> {
    const { host, port, range } = question;
    // The answer about a public host is for all its ports, and for its look-up.
    const key = range === "public" ? host : targetOf(host, port);
    const waiting = open.get(key);
    if (waiting) return waiting;
    if (open.size >= MAX_QUESTIONS) return Promise.resolve("deny");
    const answer = permitted
      .ask(question)
      .catch((): NetworkAnswer => "deny")
      .finally(() => open.delete(key));
    open.set(key, answer);
    return answer;
  }

  return {
    clear(host, port) {
      const verdict = permitted.judge(host, port);
      if (verdict === "allow") return null;
      if (verdict === "deny") return Promise.resolve(refusal(host, port));
      const address = isLiteralHost(host) ? host : null;
      const question: HostQuestion = { kind: "host", host, port, address, range: rangeOfHost(host) };
      return ask(question).then((answer) => (answer === "allow" ? null : refusal(host, port)));
    },
    ask,
    reached: (host, port, range) => permitted.reached(host, port, range),
  };
}

/** `host:port`, an IPv6 address in brackets. */
export function targetOf(host: string, port: number | null): string {
  if (port === null) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

const WHAT_TO_DO = "Allow it under Network access in the workflow's header, then test the step again.";

/** What Python is told where the workflow's list or the person says no: its `PermissionError`. */
function refusal(host: string, port: number | null): string {
  return `${targetOf(host, port)} is not a host that this workflow may reach. ${WHAT_TO_DO}`;
}

/** As for any other host, of one at a private or loopback address. */
export function denial({ host, port, range }: HostQuestion): string {
  const where = range === "loopback" ? "on this computer" : "in a private network";
  return `${targetOf(host, port)} is ${where}, and this workflow may not reach it. ${WHAT_TO_DO}`;
}
