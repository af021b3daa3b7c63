import type { HostQuestion, NetworkAnswer } from "../protocol.ts";

/** Questions that may be open at a time; a step that goes through all ports would bury the person in them. */
const MAX_QUESTIONS = 16;

export type Ask = (question: HostQuestion) => Promise<NetworkAnswer>;

/** Asks the person once for each target, however many connections wait for it. */
export function createPermissions(ask: Ask): Ask {
  const open = new Map<string, Promise<NetworkAnswer>>();
  return (question) => {
    const key = targetOf(question.host, question.port);
    const waiting = open.get(key);
    if (waiting) return waiting;
    if (open.size >= MAX_QUESTIONS) return Promise.resolve("deny");
    const answer = ask(question)
      .catch((): NetworkAnswer => "deny")
      .finally(() => open.delete(key));
    open.set(key, answer);
    return answer;
  };
}

/** `host:port`, an IPv6 address in brackets. */
export function targetOf(host: string, port: number | null): string {
  if (port === null) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** What Python is told after a no: its `PermissionError`. */
export function denial({ host, port, range }: HostQuestion): string {
  const where = range === "loopback" ? "on this computer" : "in a private network";
  return (
    `${targetOf(host, port)} is ${where}, and this workflow was not allowed to reach it. ` +
    "Test the step again and choose Allow when Runnel asks for network access."
  );
}
