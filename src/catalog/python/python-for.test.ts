import { describe, expect, test } from "vitest";
import { exampleApp, exampleField } from "../harness/example-app.ts";
import type { App } from "../types.ts";
import { pythonFor } from "./python-for.ts";

const key = exampleField("api_key");
const post = (json: unknown) => ({
  method: "POST" as const,
  url: "https://api.example.com/me",
  json,
  success: "Returns you.",
});

/** The handler's lines without their indentation. */
function body(app: App): string[] {
  const [, handler = ""] = pythonFor(app).split('def handler(pd: "pipedream"):\n');
  return handler
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(4));
}

test("the shape people know", () => {
  expect(pythonFor(exampleApp())).toBe(`import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["example"]["$auth"]["api_key"]
    headers = {"Authorization": f"Bearer {api_key}"}
    # API reference: https://docs.example.com/
    r = requests.get("https://api.example.com/me", headers=headers)
    r.raise_for_status()
    return r.json()
`);
});

test("an app's own Python is taken as it is", () => {
  expect(pythonFor(exampleApp({ python: "print(1)\n" }))).toBe("print(1)\n");
});

test("the OAuth token is called token", () => {
  const app = exampleApp({
    fields: [exampleField("oauth_access_token")],
    placements: [{ in: "header", name: "Authorization", value: "Bearer {oauth_access_token}" }],
  });
  expect(body(app)[0]).toBe('token = pd.inputs["example"]["$auth"]["oauth_access_token"]');
});

test("a header that is nothing but the field needs no f-string", () => {
  const app = exampleApp({ placements: [{ in: "header", name: "X-Key", value: "{api_key}" }] });
  expect(body(app)).toContain('headers = {"X-Key": api_key}');
});

test("query: beside what the address has", () => {
  const app = exampleApp({
    placements: [{ in: "query", name: "key", value: "{api_key}" }],
    testRequest: { method: "GET", url: "https://api.example.com/me?limit=1", success: "Returns you." },
  });
  expect(body(app)).toEqual([
    'api_key = pd.inputs["example"]["$auth"]["api_key"]',
    "params = {",
    '    "limit": "1",',
    '    "key": api_key,',
    "}",
    "# API reference: https://docs.example.com/",
    'r = requests.get("https://api.example.com/me", params=params)',
    "r.raise_for_status()",
    "return r.json()",
  ]);
});

test("basic", () => {
  const app = exampleApp({ placements: [{ in: "basic", username: "api", password: "{api_key}" }] });
  expect(body(app)).toContain('r = requests.get("https://api.example.com/me", auth=("api", api_key))');
});

test("path", () => {
  const app = exampleApp({
    placements: [{ in: "path" }],
    testRequest: { method: "GET", url: "https://api.example.com/bot{api_key}/me", success: "Returns you." },
  });
  expect(body(app)).toContain('r = requests.get(f"https://api.example.com/bot{api_key}/me")');
});

describe("a JSON body", () => {
  test("with the credential in it", () => {
    const app = exampleApp({
      placements: [{ in: "body", name: "token", value: "{api_key}" }],
      testRequest: post({ a: true, b: null, c: [1, "x"] }),
    });
    expect(body(app).slice(1, -2)).toEqual([
      "body = {",
      '    "a": True,',
      '    "b": None,',
      '    "c": [',
      "        1,",
      '        "x",',
      "    ],",
      "}",
      'body["token"] = api_key',
      "# API reference: https://docs.example.com/",
      'r = requests.post("https://api.example.com/me", json=body)',
    ]);
  });
  test("braces of GraphQL stay as they are", () => {
    const app = exampleApp({ testRequest: post({ query: "query { me { id } }" }) });
    expect(body(app)).toContain('body = {"query": "query { me { id } }"}');
  });
  test("braces beside a field are doubled, as an f-string needs it", () => {
    const app = exampleApp({ testRequest: post({ query: '{ me(key: "{api_key}") }' }) });
    expect(body(app)).toContain(`body = {"query": f'{{ me(key: "{api_key}") }}'}`);
  });
});

describe("several fields", () => {
  test("come from auth, only those that are used, defaults in place", () => {
    const app = exampleApp({
      hosts: ["{region}.example.com"],
      fields: [
        key,
        exampleField("region", { optional: true, default: "us" }),
        exampleField("unused", { optional: true }),
      ],
      testRequest: { method: "GET", url: "https://{region}.example.com/me", success: "Returns you." },
    });
    expect(body(app).slice(0, 3)).toEqual([
      'auth = pd.inputs["example"]["$auth"]',
      'api_key = auth["api_key"]',
      'region = auth.get("region") or "us"',
    ]);
  });
  test("an optional one that may be empty is sent only if it is there", () => {
    const app = exampleApp({
      fields: [key, exampleField("team", { optional: true })],
      placements: [
        { in: "header", name: "X-Key", value: "{api_key}" },
        { in: "header", name: "X-Team", value: "team {team}" },
      ],
    });
    expect(body(app).slice(2, 6)).toEqual([
      'team = auth.get("team")',
      'headers = {"X-Key": api_key}',
      "if team:",
      '    headers["X-Team"] = f"team {team}"',
    ]);
  });
  test("variables that the handler uses itself are not overwritten", () => {
    const app = exampleApp({
      fields: [exampleField("headers"), exampleField("pd"), exampleField("API_Key")],
      placements: [{ in: "header", name: "X", value: "{headers}{pd}{API_Key}" }],
    });
    expect(body(app).slice(1, 5)).toEqual([
      'headers_value = auth["headers"]',
      'pd_value = auth["pd"]',
      'api_key = auth["API_Key"]',
      'headers = {"X": f"{headers_value}{pd_value}{api_key}"}',
    ]);
  });
});

describe("addresses that are a field", () => {
  const at = (url: string) =>
    exampleApp({
      hosts: ["{site}"],
      fields: [exampleField("site")],
      placements: [],
      testRequest: { method: "GET", url, success: "Returns you." },
    });

  test("an origin loses its last slash", () => {
    expect(body(at("{site}/me"))[0]).toBe('site = pd.inputs["example"]["$auth"]["site"].rstrip("/")');
  });
  test("a host loses the scheme too", () => {
    expect(body(at("https://{site}/me"))[0]).toContain('["site"].removeprefix("https://").rstrip("/")');
  });
  test("a whole address is called url", () => {
    expect(body(at("{site}"))).toContain("r = requests.get(url)");
  });
});

test("a long call has an argument a line", () => {
  const app = exampleApp({
    testRequest: {
      method: "GET",
      url: `https://api.example.com/${"long/".repeat(12)}me`,
      success: "Returns you.",
    },
  });
  expect(body(app)).toContain("r = requests.get(");
  for (const line of pythonFor(app).split("\n")) expect(line.length).toBeLessThanOrEqual(110);
});
