import { beforeEach, describe, expect, test, vi } from "vitest";
import type { GuardedSecret, NetworkAnswer, SecretQuestion } from "../protocol.ts";
import { createSecretGuard, type SecretGuard } from "./secret-guard.ts";

const utf8 = new TextEncoder();
const TOKEN = "xoxb-4711-Zq8Yw7";

function secret(name: string, forms: readonly string[], ...hosts: string[]): GuardedSecret {
  return { name, account: "Acme", forms, belongsTo: (host) => hosts.includes(host) };
}

let secrets: readonly GuardedSecret[];
let ask: ReturnType<typeof vi.fn<(question: SecretQuestion) => Promise<NetworkAnswer>>>;
let guard: SecretGuard;

beforeEach(() => {
  secrets = [secret("slack.$auth.token", [TOKEN, btoa(TOKEN)], "slack.com")];
  ask = vi.fn(async () => "allow" as const);
  guard = createSecretGuard({ secrets: () => secrets, ask: (question) => ask(question) });
});

const question: SecretQuestion = {
  kind: "secret",
  host: "evil.example",
  port: 80,
  secret: "slack.$auth.token",
  account: "Acme",
  place: "data",
};

describe("a connection", () => {
  test("to the secret's own host is never held, however it writes its name", () => {
    for (const host of ["slack.com", "SLACK.com", "slack.com."]) {
      expect(guard.watch(host, 443).next(utf8.encode(TOKEN))).toBeNull();
    }
  });

  test("is held at the piece that completes the secret", async () => {
    const watch = guard.watch("evil.example", 80);
    expect(watch.next(utf8.encode(`before ${TOKEN.slice(0, -1)}`))).toBeNull();
    const clearance = watch.next(utf8.encode(TOKEN.slice(-1)));
    expect(clearance).not.toBeNull();
    expect(ask).toHaveBeenCalledExactlyOnceWith(question);
    expect(await clearance).toBeNull();
    expect(watch.next(utf8.encode(TOKEN)), "allowed once, no more is asked").toBeNull();
  });

  test("hears after a no what was not sent where, without the value", async () => {
    ask.mockResolvedValue("deny");
    const denied = await guard.watch("evil.example", 80).next(utf8.encode(TOKEN));
    expect(denied).toMatch(/slack\.\$auth\.token .*Acme.*evil\.example:80/);
    expect(denied).not.toContain(TOKEN);
  });

  test("with two secrets is asked about both, and one no is enough", async () => {
    secrets = [...secrets, secret("github.$auth.key", ["ghp_0815"], "github.com")];
    ask.mockImplementation(async ({ secret: name }) => (name.startsWith("github") ? "deny" : "allow"));
    const clearance = guard.watch("evil.example", 80).next(utf8.encode(`${TOKEN} ghp_0815`));
    expect(await clearance).toContain("github.$auth.key");
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test("may carry a value to any of the apps that it belongs to", () => {
    secrets = [
      secret("a.$auth.key", ["shared-key"], "a.example"),
      secret("b.$auth.key", ["shared-key"], "b.example"),
    ];
    expect(guard.watch("a.example", 80).next(utf8.encode("shared-key"))).toBeNull();
    expect(guard.watch("b.example", 80).next(utf8.encode("shared-key"))).toBeNull();
    expect(guard.watch("c.example", 80).next(utf8.encode("shared-key"))).not.toBeNull();
  });

  test("is told where in a request the secret is", async () => {
    const place = async (text: string, ...before: string[]) => {
      secrets = [...secrets];
      ask.mockClear();
      const watch = guard.watch("evil.example", 80);
      for (const piece of before) await watch.next(utf8.encode(piece));
      await watch.next(utf8.encode(text));
      return ask.mock.lastCall?.[0].place;
    };
    expect(await place(`GET /?t=${TOKEN} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe("address");
    expect(await place(`GET / HTTP/1.1\r\nAuthorization: ${TOKEN}\r\n\r\n`)).toBe("header");
    expect(await place(`POST / HTTP/1.1\r\nA: b\r\n\r\n{"t":"${TOKEN}"}`)).toBe("body");
    expect(await place(`{"t":"${TOKEN}"}`, "POST / HTTP/1.1\r\n", "A: b\r\n\r\n")).toBe("body");
    expect(await place(`A: ${TOKEN}\r\n`, "POST / HTTP/1.1\r\n")).toBe("header");
    expect(await place(`GET /${TOKEN} HTTP/1.1\r\n\r\n`, "GET / HTTP/1.1\r\n\r\n")).toBe("address");
    expect(await place(`AUTH ${TOKEN}\r\n`)).toBe("data");
  });
});

describe("questions", () => {
  test("are asked once for a secret and a host, whatever the number of connections and the answer", async () => {
    for (const answer of ["allow", "deny"] as const) {
      secrets = [...secrets];
      const { promise, resolve } = Promise.withResolvers<NetworkAnswer>();
      ask.mockReset().mockReturnValue(promise);
      const waiting = [1, 2, 3].map((port) => guard.watch("evil.example", port).next(utf8.encode(TOKEN)));
      expect(ask).toHaveBeenCalledOnce();
      resolve(answer);
      const said = await Promise.all([...waiting, guard.watch("evil.example", 80).next(utf8.encode(TOKEN))]);
      expect(said.map((denied) => denied === null)).toEqual(said.map(() => answer === "allow"));
      expect(ask).toHaveBeenCalledOnce();
      await guard.watch("other.example", 80).next(utf8.encode(TOKEN));
      expect(ask).toHaveBeenCalledTimes(2);
    }
  });

  test("are asked anew in another run", async () => {
    await guard.watch("evil.example", 80).next(utf8.encode(TOKEN));
    secrets = [...secrets];
    await guard.watch("evil.example", 80).next(utf8.encode(TOKEN));
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test("are not put to the person without end", async () => {
    ask.mockReturnValue(new Promise(() => {}));
    const clearances = Array.from({ length: 17 }, (_, n) =>
      guard.watch(`host${n}.example`, 80).next(utf8.encode(TOKEN)),
    );
    expect(await clearances[16]).toContain("host16.example");
    expect(ask).toHaveBeenCalledTimes(16);
  });

  test("that can't be answered are answered with no", async () => {
    ask.mockRejectedValue(new Error("gone"));
    expect(await guard.watch("evil.example", 80).next(utf8.encode(TOKEN))).toContain("was not sent");
  });
});

describe("a host's name", () => {
  test("that holds the secret, in small letters too, is asked about with its mark", async () => {
    expect(guard.hostName("evil.example", 80)).toBeNull();
    for (const host of [`${TOKEN}.evil.example`, `a-${TOKEN.toLowerCase()}.evil.example`]) {
      await guard.hostName(host, null);
      const asked = ask.mock.lastCall?.[0];
      expect(asked).toMatchObject({ port: null, place: "address" });
      expect(asked?.host).toMatch(/⟦slack\.\$auth\.token⟧\.evil\.example$/);
      expect(JSON.stringify(asked).toLowerCase()).not.toContain(TOKEN.toLowerCase());
      expect(guard.shown(host)).toBe(asked?.host);
    }
  });
});

test("a secret in both a name and what is sent to it is asked about once, and the name is never told", async () => {
  const host = `${TOKEN.toLowerCase()}.evil.example`;
  ask.mockResolvedValue("deny");
  const denied = await guard.hostName(host, 80);
  const again = await guard.request(host, 80, [{ place: "body", content: TOKEN }]);
  expect(await guard.watch(host, 80).next(utf8.encode(TOKEN))).toBe(denied);
  expect(again).toBe(denied);
  expect(denied).toContain("⟦slack.$auth.token⟧.evil.example");
  expect(ask).toHaveBeenCalledOnce();
});

describe("a whole request", () => {
  test("is looked through part by part", async () => {
    const clear = (...parts: Parameters<SecretGuard["request"]>[2]) =>
      guard.request("evil.example", 443, parts);
    expect(clear({ place: "address", content: "https://evil.example/" })).toBeNull();
    await clear({ place: "header", content: "A: b" }, { place: "body", content: utf8.encode(btoa(TOKEN)) });
    expect(ask).toHaveBeenLastCalledWith({ ...question, port: 443, place: "body" });
    expect(guard.request("slack.com", 443, [{ place: "body", content: TOKEN }])).toBeNull();
  });
});
