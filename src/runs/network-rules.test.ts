import { describe, expect, test } from "vitest";
import type { HostQuestion } from "../runtime/index.ts";
import type { HostRule, NetworkPolicyRecord } from "./network-policy-types.ts";
import {
  answerFromList,
  emptyPolicy,
  judgeHost,
  mayAlwaysSend,
  withAnswer,
  withoutHost,
  withoutSecret,
  withPersonsHost,
  withReached,
  withSecret,
} from "./network-rules.ts";

const made = emptyPolicy("w1");
const imported: NetworkPolicyRecord = { ...made, trusted: false };
const isAppHost = (host: string) => host === "slack.com" || host === "127.0.0.9";
const judge = (policy: NetworkPolicyRecord, host: string, port: number | null) =>
  judgeHost(policy, isAppHost, host, port);
const denying = (host: string, port: number | null) => withPersonsHost(made, host, port, "deny");
const question = (change: Partial<HostQuestion>): HostQuestion => ({
  kind: "host",
  host: "nas.local",
  port: 80,
  address: "10.0.0.7",
  range: "private",
  ...change,
});

describe("judgeHost", () => {
  test("a workflow made here may reach what its list does not deny", () => {
    expect(judge(made, "api.example", 443)).toBe("allow");
    expect(judge(made, "api.example", null)).toBe("allow");
    expect(judge(denying("api.example", null), "api.example", 443)).toBe("deny");
    expect(judge(denying("api.example", null), "api.example", null)).toBe("deny");
    expect(judge(denying("api.example", null), "other.example", 443)).toBe("allow");
  });

  test.each(["API.Example", "api.example.", "[api.example]".slice(1, -1)])("%s is the same host", (host) => {
    expect(judge(denying("api.example", null), host, 443)).toBe("deny");
  });

  test.each(["127.0.0.1", "127.1", "0x7f000001", "2130706433", "::ffff:127.0.0.1"])(
    "an address is denied however it is written: %s",
    (host) => {
      expect(judge(denying("127.0.0.1", null), host, 80)).toBe("deny");
    },
  );

  test("the line of a port comes before the one of all ports, and a name may be looked up for one allowed port", () => {
    const policy = withPersonsHost(denying("api.example", null), "api.example", 443, "allow");
    expect(judge(policy, "api.example", 443)).toBe("allow");
    expect(judge(policy, "api.example", 80)).toBe("deny");
    expect(judge(policy, "api.example", null)).toBe("allow");
    expect(judge(denying("api.example", 80), "api.example", null)).toBe("allow");
  });

  test("one that is not trusted asks, but for attached apps' hosts and what the person has allowed", () => {
    expect(judge(imported, "api.example", 443)).toBe("ask");
    expect(judge(imported, "api.example", null)).toBe("ask");
    expect(judge(imported, "10.0.0.1", 80)).toBe("ask");
    expect(judge(imported, "slack.com", 443)).toBe("allow");
    expect(judge(imported, "slack.com", null)).toBe("allow");
    const allowed = withPersonsHost(imported, "api.example", null, "allow");
    expect(judge(allowed, "api.example", 443)).toBe("allow");
    expect(judge(allowed, "api.example", null)).toBe("allow");
    expect(judge(allowed, "sub.api.example", null)).toBe("ask");
  });

  test("that a run has reached a host allows nothing to one that is not trusted", () => {
    const target = { host: "api.example", port: 443, range: "public" } as const;
    expect(judge({ ...withReached(made, isAppHost, target, 5), trusted: false }, "api.example", 443)).toBe(
      "ask",
    );
  });

  test("a line of the list comes before an attached app", () => {
    expect(judge(denying("slack.com", null), "slack.com", 443)).toBe("deny");
  });

  test("nothing is looked up of an address", () => {
    expect(judge(imported, "192.0.2.1", null)).toBe("allow");
    expect(judge(imported, "localhost", null)).toBe("allow");
  });
});

describe("answerFromList", () => {
  const answer = (policy: NetworkPolicyRecord, change: Partial<HostQuestion> = {}) =>
    answerFromList(policy, isAppHost, question(change));

  test("a private address is asked about once, then known for that host and port and range", () => {
    expect(answer(made)).toBeNull();
    const allowed = withAnswer(made, question({}), "allow");
    expect(answer(allowed)).toBe("allow");
    expect(answer(allowed, { port: 81 })).toBeNull();
    expect(answer(allowed, { host: "other.local" })).toBeNull();
    expect(answer(allowed, { range: "loopback", address: "127.0.0.1" })).toBeNull();
    expect(answer(withPersonsHost(made, "nas.local", null, "deny"))).toBe("deny");
  });

  test("a name that was allowed as a public host is asked about when it leads home", () => {
    const first = question({ range: "public", address: null });
    const allowed = withAnswer(imported, first, "allow");
    expect(answerFromList(allowed, isAppHost, first)).toBe("allow");
    expect(answer(allowed)).toBeNull();
    expect(answer(withPersonsHost(made, "nas.local", 80, "allow"))).toBeNull();
    // Attached apps' names can be made to lead home as well.
    expect(answer(made, { host: "slack.com" })).toBeNull();
  });

  test("an address that the person has allowed as such, or given to an account, is not asked about again", () => {
    const here = { host: "127.0.0.1", address: "127.0.0.1", range: "loopback" } as const;
    expect(answer(withPersonsHost(made, "127.0.0.1", null, "allow"), here)).toBe("allow");
    expect(answer(withPersonsHost(made, "localhost", 80, "allow"), { ...here, host: "localhost" })).toBe(
      "allow",
    );
    expect(answer(made, { ...here, host: "127.0.0.9" })).toBe("allow");
  });

  test("the answer about a public host is for all its ports, others for one", () => {
    const lines = (policy: NetworkPolicyRecord) =>
      policy.hosts.map(({ host, port, range }) => [host, port, range]);
    const open = question({ host: "API.example", port: 443, range: "public", address: null });
    expect(lines(withAnswer(made, open, "allow"))).toEqual([["api.example", null, "public"]]);
    expect(lines(withAnswer(made, { ...open, port: null }, "allow"))).toEqual([
      ["api.example", null, "public"],
    ]);
    expect(lines(withAnswer(made, question({}), "allow"))).toEqual([["nas.local", 80, "private"]]);
  });
});

describe("the list", () => {
  const reach = (policy: NetworkPolicyRecord, host: string, range: HostRule["range"], now: number) =>
    withReached(policy, isAppHost, { host, port: 443, range }, now);

  test("gets a line for a public host that was reached, and tells when it was used last", () => {
    const once = reach(made, "api.example", "public", 1);
    const line = { host: "api.example", port: null, range: "public", decision: "allow", by: "run" };
    expect(once.hosts).toEqual([{ ...line, lastUsedAt: 1 }]);
    expect(reach(once, "API.example", "public", 2).hosts).toEqual([{ ...line, lastUsedAt: 2 }]);
    const allowed = withAnswer(made, question({ port: 443 }), "allow");
    expect(reach(allowed, "nas.local", "private", 3).hosts).toMatchObject([{ by: "person", lastUsedAt: 3 }]);
  });

  test("has no line for attached apps' hosts, nor for addresses that nobody has allowed as such", () => {
    expect(reach(made, "slack.com", "public", 1)).toBe(made);
    expect(reach(made, "127.0.0.9", "loopback", 1)).toBe(made);
  });

  test("keeps what was used last of very many, and all that the person has written", () => {
    let policy = withPersonsHost(made, "written.example", null, "deny");
    for (let host = 0; host < 502; host += 1) policy = reach(policy, `h${host}.example`, "public", host);
    const names = policy.hosts.map((rule) => rule.host);
    expect(names).toHaveLength(501);
    expect(names.slice(0, 2)).toEqual(["written.example", "h2.example"]);
    expect(names.at(-1)).toBe("h501.example");
  });

  test("what the person changes is the person's, and keeps what is known of the host", () => {
    const listed = reach(made, "api.example", "public", 7);
    const denied = withPersonsHost(listed, "api.example", null, "deny");
    expect(denied.hosts).toEqual([
      { host: "api.example", port: null, range: "public", decision: "deny", by: "person", lastUsedAt: 7 },
    ]);
    expect(withPersonsHost(made, "192.168.1.4", null, "allow").hosts[0]?.range).toBe("private");
    expect(withoutHost(denied, "API.example", 443)).toEqual(denied);
    expect(withoutHost(denied, "API.example", null).hosts).toEqual([]);
  });

  test("a secret that may always be sent somewhere is so for its account and that host only", () => {
    const sent = {
      kind: "secret",
      host: "logs.example",
      port: 443,
      secret: "slack.$auth.token",
      account: "Acme",
      place: "header",
    } as const;
    const policy = withSecret(made, sent);
    expect(mayAlwaysSend(policy, sent)).toBe(true);
    expect(mayAlwaysSend(policy, { ...sent, host: "LOGS.example.", port: 80 })).toBe(true);
    expect(mayAlwaysSend(policy, { ...sent, host: "evil.example" })).toBe(false);
    expect(mayAlwaysSend(policy, { ...sent, account: "Globex" })).toBe(false);
    expect(mayAlwaysSend(policy, { ...sent, secret: "slack.$auth.other" })).toBe(false);
    expect(withSecret(policy, sent)).toBe(policy);
    expect(withoutSecret(policy, "slack.$auth.token", "logs.example").secrets).toEqual([]);
  });
});
