import { describe, expect, it } from "vitest";
import { createRedactor, openVault, type SealedAccount } from "../vault/index.ts";
import { memoryKeys, memoryRecords } from "../vault/testing.ts";
import { accountForRun, accountSecrets, hostsOfAccount } from "./account-for-run.ts";
import { createAccountStore } from "./account-store.ts";

const basic = {
  fields: [
    { name: "sid", label: "Sid", secret: false, optional: false },
    { name: "token", label: "Token", secret: true, optional: false },
  ],
  placements: [{ in: "basic" as const, username: "{sid}", password: "{token}" }],
};

describe("the secrets of an account", () => {
  it("are its secret fields, named as code reads them, and those that the app does not know", () => {
    expect(
      accountSecrets("acme", { ...basic, placements: [] }, { sid: "S1", token: "t-1234", old: "o-1234" }),
    ).toEqual([
      { name: "acme.$auth.token", value: "t-1234" },
      { name: "acme.$auth.old", value: "o-1234" },
    ]);
    expect(accountSecrets("acme", null, { sid: "S1", token: "" })).toEqual([
      { name: "acme.$auth.sid", value: "S1" },
    ]);
  });

  it("hold the pair that a Basic header is made of", () => {
    const secrets = accountSecrets("acme", basic, { sid: "user-1", token: "t-1234" });
    expect(secrets).toContainEqual({ name: "acme.$auth.sid:token", value: "user-1:t-1234" });
    expect(createRedactor(secrets).text(`Authorization: Basic ${btoa("user-1:t-1234")}`)).toBe(
      "Authorization: Basic ⟦acme.$auth.sid:token⟧",
    );
    expect(accountSecrets("acme", basic, { sid: "user-1" })).toEqual([]);
  });
});

describe("an account for a run", () => {
  it("is what was typed in with the app's defaults; null where it is gone or another app's", async () => {
    const repository = memoryRecords<SealedAccount>();
    const store = createAccountStore({ repository, vault: await openVault(memoryKeys()) });
    const fields = { oauth_access_token: "xoxb-1234567" };
    const { id } = await store.getState().connect({ app: "slack", name: "A", fields });
    const account = await accountForRun(store, "slack", id);
    expect(account).toEqual({
      auth: fields,
      secrets: [{ name: "slack.$auth.oauth_access_token", value: "xoxb-1234567" }],
      name: "A",
      belongsTo: expect.any(Function),
    });
    expect(await hostsOfAccount(store, "slack", id)).toContain("slack.com");
    expect(await hostsOfAccount(store, "github", id)).toEqual([]);
    expect(await hostsOfAccount(store, "slack", "gone")).toEqual([]);
    expect(account?.belongsTo("slack.com")).toBe(true);
    expect(account?.belongsTo("slack.com.example.org")).toBe(false);
    expect(await accountForRun(store, "github", id)).toBeNull();
    expect(await accountForRun(store, "slack", "gone")).toBeNull();
  });
});
