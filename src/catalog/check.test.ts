import { expect, test } from "vitest";
import { appProblems } from "./check.ts";
import { exampleApp, exampleField } from "./harness/example-app.ts";
import type { AppFile } from "./types.ts";

const key = exampleField("api_key");
const request = { method: "GET" as const, url: "https://api.example.com/me", success: "Returns you." };

const file = (more: Partial<AppFile> = {}): AppFile =>
  ({ ...exampleApp({ fields: [key] }), ...more }) as AppFile;

test("the example is in order", () => {
  expect(appProblems(file())).toEqual([]);
});

test.each<[string, Partial<AppFile>]>([
  ["declared twice", { fields: [key, key] }],
  ["has a default, so it must be optional", { fields: [exampleField("api_key", { default: "x" })] }],
  ["is required, yet no placement", { fields: [key, exampleField("unused")] }],
  ['names the field "apikey"', { placements: [{ in: "header", name: "X", value: "{apikey}{api_key}" }] }],
  ['names the field "nope"', { testRequest: { ...request, url: "https://api.example.com/{nope}" } }],
  ['names the field "nope"', { testRequest: { ...request, headers: { X: "{nope}" } } }],
  ['names the field "nope"', { testRequest: { ...request, method: "POST", json: { a: ["{nope}"] } } }],
  ['names the field "nope"', { hosts: ["api.example.com", "{nope}.example.com"] }],
  [
    'can\'t do without "team"',
    {
      fields: [key, exampleField("team", { optional: true })],
      testRequest: { ...request, url: "https://api.example.com/{team}" },
    },
  ],
  ["needs the app's own Python", { placements: [{ in: "code", scheme: "JWT" }], fields: [] }],
  ['CONNECT goes with a placement in "code"', { testRequest: { ...request, method: "CONNECT" } }],
  ["a GET request has no body", { testRequest: { ...request, json: {} } }],
  ["says nowhere how the credential is sent", { placements: [], fields: [] }],
  ["goes to other.com", { testRequest: { ...request, url: "https://other.com/me" } }],
  ["over plain http", { testRequest: { ...request, url: "http://api.example.com/me" } }],
  ["is no address", { testRequest: { ...request, url: "/me" } }],
])("%s", (message, wrong) => {
  expect(appProblems(file(wrong)).map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});

test("a field that only the app's own code reads counts as used", () => {
  const more = { fields: [key, exampleField("seller")], python: ['seller = auth["seller"]'] };
  expect(appProblems(file(more))).toEqual([]);
});
