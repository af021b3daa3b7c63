import { describe, expect, test } from "vitest";
import { exampleApp, exampleField } from "./harness/example-app.ts";
import { testRequestOf, testsInPython } from "./test-request.ts";
import type { App, CredentialPlacement } from "./types.ts";

const get = (url: string) => ({ method: "GET" as const, url, success: "Returns you." });
const placed = (...placements: CredentialPlacement[]) => exampleApp({ placements });

describe("the credential's place", () => {
  test("header", () => {
    expect(testRequestOf(exampleApp(), { api_key: "k" })).toEqual({
      method: "GET",
      url: "https://api.example.com/me",
      headers: { Authorization: "Bearer k" },
      body: null,
    });
  });
  test("query, encoded", () => {
    const app = placed({ in: "query", name: "key", value: "{api_key}" });
    expect(testRequestOf(app, { api_key: "a&b" }).url).toBe("https://api.example.com/me?key=a%26b");
  });
  test("basic, in UTF-8", () => {
    const app = placed({ in: "basic", username: "api", password: "{api_key}" });
    const { headers } = testRequestOf(app, { api_key: "schlüssel" });
    expect(headers.Authorization).toBe(`Basic ${Buffer.from("api:schlüssel").toString("base64")}`);
  });
  test("path: what a bot's token holds stays, what would end the path does not", () => {
    const app = exampleApp({
      placements: [{ in: "path" }],
      testRequest: get("https://api.example.com/bot{api_key}/getMe"),
    });
    expect(testRequestOf(app, { api_key: "123:AB" }).url).toBe("https://api.example.com/bot123:AB/getMe");
    expect(testRequestOf(app, { api_key: "a/b?c#d" }).url).toBe(
      "https://api.example.com/bota%2Fb%3Fc%23d/getMe",
    );
  });
  test("body, beside what the test request sends", () => {
    const app = exampleApp({
      placements: [{ in: "body", name: "token", value: "{api_key}" }],
      testRequest: { ...get("https://api.example.com/me"), method: "POST", json: { for: "{api_key}", n: 1 } },
    });
    const request = testRequestOf(app, { api_key: "k" });
    expect(request.headers["Content-Type"]).toBe("application/json");
    expect(JSON.parse(request.body ?? "")).toEqual({ for: "k", n: 1, token: "k" });
  });
  test("what leans on an empty optional field is left out", () => {
    const app = exampleApp({
      fields: [exampleField("api_key"), exampleField("team", { optional: true })],
      placements: [
        { in: "header", name: "X-Key", value: "{api_key}" },
        { in: "header", name: "X-Team", value: "{team}" },
      ],
    });
    expect(testRequestOf(app, { api_key: "k" }).headers).toEqual({ "X-Key": "k" });
    expect(testRequestOf(app, { api_key: "k", team: "t" }).headers).toEqual({ "X-Key": "k", "X-Team": "t" });
  });
});

describe("addresses as people paste them", () => {
  const hosted = (host: string, url: string): App =>
    exampleApp({
      hosts: [host],
      fields: [exampleField("api_key"), exampleField("site")],
      testRequest: get(url),
    });

  test.each(["https://me.example.com", "https://me.example.com/", "me.example.com", " me.example.com/ "])(
    "a whole origin: %s",
    (site) => {
      const { url } = testRequestOf(hosted("{site}", "{site}/api/me"), { api_key: "k", site });
      expect(url).toBe("https://me.example.com/api/me");
    },
  );
  test.each(["me.example.com", "https://me.example.com/"])("a whole host: %s", (site) => {
    const { url } = testRequestOf(hosted("{site}", "https://{site}/api/me"), { api_key: "k", site });
    expect(url).toBe("https://me.example.com/api/me");
  });
  test("a server of one's own without TLS", () => {
    const { url } = testRequestOf(hosted("{site}", "https://{site}/me"), {
      api_key: "k",
      site: "http://localhost:8065",
    });
    expect(url).toBe("http://localhost:8065/me");
  });
  test.each(["evil.com/", "evil.com#", "evil.com?", "evil.com\\"])(
    "a part of a host that would lead elsewhere is refused, with the field's name: %s",
    (site) => {
      const app = hosted("{site}.example.com", "https://{site}.example.com/me");
      expect(() => testRequestOf(app, { api_key: "secret-1", site })).toThrow(
        'not an address of Example: check "site"',
      );
    },
  );
});

describe("what can't be sent", () => {
  test("a missing field, named with the app", () => {
    expect(() => testRequestOf(exampleApp(), {})).toThrow('Example needs a value for "api_key"');
  });
  test("an app that signs in Python says so", () => {
    const app = placed({ in: "code", scheme: "OAuth 1.0a" });
    expect(testsInPython(app)).toBe(true);
    expect(testsInPython(exampleApp())).toBe(false);
    expect(() => testRequestOf(app, { api_key: "k" })).toThrow("run its template");
  });
});
