import { describe, expect, it } from "vitest";
import type { AccountForRun } from "./deps.ts";
import { guardedSecrets } from "./guarded-secrets.ts";

function account(name: string, host: string, secrets: Readonly<Record<string, string>>): AccountForRun {
  return {
    auth: secrets,
    secrets: Object.entries(secrets).map(([field, value]) => ({ name: `${name}.$auth.${field}`, value })),
    name,
    belongsTo: (other) => other === host,
  };
}

const hosts = ["a.example", "b.example", "c.example"];
/** By name: the hosts that each may go to. */
const reach = (...accounts: AccountForRun[]) =>
  Object.fromEntries(
    guardedSecrets(accounts).map(({ name, belongsTo }) => [name, hosts.filter((host) => belongsTo(host))]),
  );

describe("guardedSecrets", () => {
  it("gives each secret the hosts of its account's app", () => {
    expect(
      reach(
        account("a", "a.example", { token: "token-of-a" }),
        account("b", "b.example", { key: "key-of-b" }),
      ),
    ).toEqual({ "a.$auth.token": ["a.example"], "b.$auth.key": ["b.example"] });
  });

  it("lets a value that several accounts have go to the hosts of all", () => {
    expect(
      reach(account("a", "a.example", { token: "the-same" }), account("b", "b.example", { key: "the-same" })),
    ).toEqual({ "a.$auth.token": ["a.example", "b.example"], "b.$auth.key": ["a.example", "b.example"] });
  });

  it("lets a value that is part of another's go where that one goes", () => {
    expect(
      reach(account("a", "a.example", { token: "abcdef" }), account("b", "b.example", { key: "abcdefgh" })),
    ).toEqual({ "a.$auth.token": ["a.example", "b.example"], "b.$auth.key": ["b.example"] });
  });

  it("leaves out what is too short, and a pair that is found by its password", () => {
    expect(
      reach(account("a", "a.example", { pin: "12345", password: "hunter2", "user:password": "me:hunter2" })),
    ).toEqual({ "a.$auth.password": ["a.example"] });
    expect(reach(account("a", "a.example", { password: "short", "user:password": "me:short" }))).toEqual({
      "a.$auth.user:password": ["a.example"],
    });
  });

  it("knows the forms that it is sent in", () => {
    const [secret] = guardedSecrets([account("a", "a.example", { token: "a/b+c=d é" })]);
    for (const form of ["a/b+c=d é", "a%2Fb%2Bc%3Dd%20%C3%A9", "a/b+c=d \\u00e9", btoa("a/b+c=d é")])
      expect(secret?.forms).toContain(form);
  });
});
