import { beforeEach, describe, expect, test, vi } from "vitest";
import type { HostQuestion, SecretQuestion } from "../runtime/index.ts";
import type { NetworkPolicy } from "./network-policy.ts";
import type { NetworkPolicyRecord } from "./network-policy-types.ts";
import { createPermissions, type Permissions, type PersonAnswer } from "./permissions.ts";
import { createRunNetwork } from "./run-network.ts";
import { memoryPolicies } from "./testing.ts";

let stored: Map<string, NetworkPolicyRecord>;
let policy: NetworkPolicy;
let permissions: Permissions;
let stopped: AbortController;
let asked: string[];
/** How the person answers; null: not at all. */
let person: (question: HostQuestion | SecretQuestion) => PersonAnswer | null;

beforeEach(async () => {
  stored = new Map();
  policy = memoryPolicies(stored).of("w1");
  await policy.ready();
  permissions = createPermissions();
  stopped = new AbortController();
  asked = [];
  person = () => "allow";
  permissions.store.subscribe(({ pending, answer }) => {
    if (!pending) return;
    asked.push(`${pending.stepName}: ${pending.question.kind} ${pending.question.host}`);
    const given = person(pending.question);
    if (given) answer(given);
  });
});

/** Another run of the same workflow. */
const run = () =>
  createRunNetwork({
    policy,
    ask: permissions.ask,
    isAppHost: (host) => host === "slack.com",
    secrets: () => [],
    stepName: () => "python",
    mask: (text) => text.replaceAll("hunter2", "⟦account⟧"),
    stop: () => stopped.abort(),
    signal: stopped.signal,
  });

const host: HostQuestion = { kind: "host", host: "api.example", port: 443, address: null, range: "public" };
const home: HostQuestion = { ...host, address: "127.0.0.1", range: "loopback" };
const secret: SecretQuestion = {
  kind: "secret",
  host: "logs.example",
  port: 443,
  secret: "slack.$auth.token",
  account: "Acme",
  place: "header",
};

describe("hosts", () => {
  test("who would rather stop the run than answer is not asked again, and nothing is remembered", async () => {
    person = () => "stop";
    const network = run();
    expect(await network.ask(home)).toBe("deny");
    expect(stopped.signal.aborted).toBe(true);
    expect(await network.ask({ ...home, port: 8443 })).toBe("deny");
    expect(asked).toHaveLength(1);
    expect(policy.getState().hosts).toEqual([]);
  });

  test("Allow is remembered, and stored", async () => {
    policy.getState().setTrusted(false);
    const first = run();
    expect(first.judge("api.example", 443)).toBe("ask");
    expect(await first.ask(host)).toBe("allow");
    expect(first.judge("api.example", 8443)).toBe("allow");
    expect(run().judge("api.example", null)).toBe("allow");
    expect(asked).toEqual(["python: host api.example"]);
    await vi.waitFor(() =>
      expect(stored.get("w1")?.hosts).toMatchObject([{ host: "api.example", by: "person" }]),
    );
  });

  test("Deny is for this run: it is not asked again, the next run asks", async () => {
    policy.getState().setTrusted(false);
    person = () => "deny";
    const first = run();
    expect(await first.ask(host)).toBe("deny");
    expect(await first.ask({ ...host, port: 80 })).toBe("deny");
    expect(first.judge("api.example", null)).toBe("deny");
    expect(asked).toHaveLength(1);
    expect(policy.getState().hosts).toEqual([]);
    expect(run().judge("api.example", 443)).toBe("ask");
  });

  test("what the person writes into the list after a Deny holds at once", async () => {
    policy.getState().setTrusted(false);
    person = () => "deny";
    const first = run();
    expect(await first.ask(host)).toBe("deny");
    policy.getState().setHost("api.example", null, "allow");
    expect(first.judge("api.example", 443)).toBe("allow");
    // The list says nothing of an address at home.
    expect(await first.ask(home)).toBe("deny");
    expect(asked).toHaveLength(2);
  });

  test("a name that was allowed and leads home is asked about again", async () => {
    policy.getState().setTrusted(false);
    const network = run();
    expect(await network.ask(host)).toBe("allow");
    person = () => "deny";
    expect(await network.ask(home)).toBe("deny");
    expect(network.judge("api.example", 443)).toBe("deny");
    expect(network.judge("api.example", 80)).toBe("allow");
    expect(asked).toHaveLength(2);
  });

  test("nothing is asked of what the list knows, nor after the end of the run", async () => {
    policy.getState().setHost("api.example", null, "deny");
    expect(await run().ask(host)).toBe("deny");
    stopped.abort();
    expect(await run().ask({ ...host, host: "other.example", range: "private", address: "10.0.0.1" })).toBe(
      "deny",
    );
    expect(asked).toEqual([]);
    expect(policy.getState().hosts).toHaveLength(1);
  });

  test("a question that is withdrawn is a no that nobody remembers", async () => {
    policy.getState().setTrusted(false);
    person = () => null;
    const answer = run().ask(host);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    stopped.abort();
    expect(await answer).toBe("deny");
    expect(policy.getState().hosts).toEqual([]);
  });

  test("a change of the list answers the question that is on the screen", async () => {
    person = () => null;
    const answers = [run().ask(home), run().ask(home)];
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    policy.getState().setHost("api.example", null, "deny");
    expect(await Promise.all(answers)).toEqual(["deny", "deny"]);
    expect(asked).toHaveLength(1);
  });

  test("a name with a secret in it is shown without it, and not stored", async () => {
    policy.getState().setTrusted(false);
    const network = run();
    expect(await network.ask({ ...host, host: "hunter2.example" })).toBe("allow");
    network.reached("hunter2.example", 443, "public");
    expect(network.judge("hunter2.example", 443)).toBe("allow");
    expect(asked).toEqual(["python: host ⟦account⟧.example"]);
    expect(policy.getState().hosts).toEqual([]);
    expect(run().judge("hunter2.example", 443)).toBe("ask");
  });

  test("what was reached is listed, once a run", async () => {
    const network = run();
    const changes = vi.fn();
    policy.subscribe(changes);
    for (let request = 0; request < 50; request += 1) network.reached("api.example", 443, "public");
    network.reached("slack.com", 443, "public");
    expect(policy.getState().hosts).toMatchObject([{ host: "api.example", port: null, by: "run" }]);
    await vi.waitFor(() => expect(stored.get("w1")?.hosts).toHaveLength(1));
    expect(changes.mock.calls.length).toBeLessThan(5);
  });
});

describe("secrets", () => {
  test("Always send there is remembered, for that account", async () => {
    expect(await run().ask(secret)).toBe("allow");
    expect(await run().ask(secret)).toBe("allow");
    expect(asked).toEqual(["python: secret logs.example"]);
    expect(policy.getState().secrets).toEqual([
      { secret: "slack.$auth.token", account: "Acme", host: "logs.example" },
    ]);
    await run().ask({ ...secret, account: "Globex" });
    expect(asked).toHaveLength(2);
    policy.getState().removeSecret("slack.$auth.token", "logs.example");
    await run().ask(secret);
    expect(asked).toHaveLength(3);
  });

  test.each([
    ["allow-once", "allow"],
    ["deny", "deny"],
  ] as const)("%s is for this run", async (answer, expected) => {
    person = () => answer;
    const network = run();
    expect(await network.ask(secret)).toBe(expected);
    expect(await network.ask({ ...secret, place: "body" })).toBe(expected);
    expect(asked).toHaveLength(1);
    expect(policy.getState().secrets).toEqual([]);
    await run().ask(secret);
    expect(asked).toHaveLength(2);
  });
});
