import { describe, expect, it } from "vitest";
import type { App } from "../catalog/index.ts";
import { complaintIn, identityIn } from "./read-answer.ts";
import { createConnectionTest } from "./test-connection.ts";

const app: App = {
  slug: "acme",
  name: "Acme",
  description: "",
  categories: [],
  aliases: [],
  authType: "keys",
  weight: 0,
  color: "#000000",
  fields: [
    { name: "subdomain", label: "Subdomain", secret: false, optional: false },
    { name: "api_key", label: "API key", secret: true, optional: false },
  ],
  hosts: ["{subdomain}.acme.example"],
  placements: [{ in: "header", name: "Authorization", value: "Bearer {api_key}" }],
  docsUrl: "https://acme.example/docs",
  testRequest: { method: "GET", url: "https://{subdomain}.acme.example/me", success: "The user." },
};
const fields = { subdomain: "team", api_key: "sk-live-1234567890" };

async function tried(answer: { status: number; body?: unknown } | Error, subject: Partial<App> = {}) {
  const sent: unknown[] = [];
  const test = createConnectionTest({
    load: async () => ({ ...app, ...subject }),
    send: async (request) => {
      sent.push(request);
      if (answer instanceof Error) throw answer;
      const { status, body = "" } = answer;
      return { status, body: typeof body === "string" ? body : JSON.stringify(body) };
    },
  });
  return { result: await test("acme", fields), sent };
}

describe("a test of the connection", () => {
  it("sends the app's test request with the credential in its place", async () => {
    const { sent } = await tried({ status: 200 });
    expect(sent).toEqual([
      {
        method: "GET",
        url: "https://team.acme.example/me",
        headers: { Authorization: "Bearer sk-live-1234567890" },
        body: null,
      },
    ]);
  });

  it("says whom the account belongs to", async () => {
    expect((await tried({ status: 200, body: { login: "ada", id: 1 } })).result).toEqual({
      ok: true,
      summary: "Connected as ada.",
    });
    expect((await tried({ status: 204 })).result).toEqual({
      ok: true,
      summary: "Acme accepted the credentials.",
    });
  });

  it.each([
    [401, { error: { message: "bad key" } }, /refused the credentials \(HTTP 401: bad key\).*Check api_key/],
    [403, {}, /does not permit.*HTTP 403/],
    [404, "<html>", /Nothing was found at team\.acme\.example.*Check subdomain/],
    [429, "", /too many requests/],
    [503, "", /trouble of its own/],
    [400, { message: "nope" }, /did not accept.*HTTP 400: nope/],
    [302, "", /did not accept/],
  ])("says what %i means", async (status, body, message) => {
    const { result } = await tried({ status, body });
    expect(result).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it("sees a refusal that comes with a status of success", async () => {
    for (const body of [{ ok: false, error: "invalid_auth" }, { errors: [{ message: "invalid_auth" }] }]) {
      const { result } = await tried({ status: 200, body });
      expect(result).toEqual({ ok: false, message: expect.stringContaining("(invalid_auth)") });
    }
    const needsOk = { testRequest: { ...app.testRequest, okField: "authed" } };
    expect((await tried({ status: 200, body: { name: "x" } }, needsOk)).result.ok).toBe(false);
    expect((await tried({ status: 200, body: { authed: true } }, needsOk)).result.ok).toBe(true);
  });

  it("says which host could not be reached", async () => {
    expect((await tried(new Error("unknown host"))).result).toEqual({
      ok: false,
      message: "team.acme.example could not be reached: unknown host",
    });
  });

  it("never shows the credential, whoever repeats it", async () => {
    for (const answer of [
      { status: 401, body: { error: `no such key: ${fields.api_key}` } },
      { status: 200, body: { name: fields.api_key } },
      new Error(`sending Bearer ${fields.api_key} failed`),
    ]) {
      const text = JSON.stringify((await tried(answer)).result);
      expect(text).not.toContain("sk-live");
      expect(text).toContain("⟦acme.$auth.api_key⟧");
    }
  });

  it("says what is missing without sending anything", async () => {
    const { result, sent } = await tried({ status: 200 }, { hosts: ["other.example"] });
    expect(result).toEqual({ ok: false, message: expect.stringMatching(/not an address of Acme/) });
    expect(sent).toEqual([]);
  });
});

describe("reading answers", () => {
  it.each([
    [{ ok: true, user: "ada", team: "Analytical" }, "ada (Analytical)"],
    [{ data: { viewer: { name: "Ada" } } }, "Ada"],
    [{ user: { email: "a@b.example" } }, "a@b.example"],
    [[{ name: "first of a list" }], null],
    [{ data: [{ name: "first of a list" }] }, null],
    [{ name: "" }, null],
    ["text", null],
  ])("finds who %j is", (answer, who) => expect(identityIn(answer)).toBe(who));

  it.each([
    [{ error: "a", message: "b" }, "b"],
    [{ errors: ["a"] }, "a"],
    [{ errors: [{ detail: "d" }] }, "d"],
    [{ error: { code: "x" } }, "x"],
    [{}, null],
    [{ message: "x".repeat(500) }, "x".repeat(200)],
  ])("finds the complaint in %j", (answer, complaint) => expect(complaintIn(answer)).toBe(complaint));
});
