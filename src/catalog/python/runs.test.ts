import { appSummaries } from "virtual:runnel-apps";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleAccount } from "../harness/account.ts";
import {
  runTemplates,
  type SentRequest,
  type TemplateCase,
  type TemplateReport,
} from "../harness/run-templates.ts";
import { urlOf } from "../harness/signatures.ts";
import { OWN_CODE } from "../harness/signed-apps.ts";
import { loadApp } from "../load.ts";
import { testRequestOf } from "../test-request.ts";
import type { App } from "../types.ts";
import { pythonFor } from "./python-for.ts";

/** Everything the template of each app, run unmodified on CPython, sent to a local server. */
let reports: Readonly<Record<string, TemplateReport>> = {};
const cases = new Map<string, TemplateCase>();
const apps = new Map<string, App>();
let skipped = "";

/** Accounts of apps with optional fields filled in, beside the plain one of each app. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gitlab: { base_api_url: "https://git.example.com/" },
  jotform: { region: "eu-api" },
  datadog: { region: "us5.datadoghq.com" },
  instagram_business: { oauth_uid: "178414" },
  paypal: { app_type: "api-m.sandbox" },
  activecampaign: { base_url: "https://me.api-us1.com/" },
  wordpress_org: { url: "https://example.com/blog/" },
};

beforeAll(async () => {
  for (const { slug } of appSummaries) {
    const app = await loadApp(slug);
    apps.set(slug, app);
    add(app, slug, OWN_CODE[slug]?.auth ?? {});
    const variant = VARIANTS[slug];
    if (variant !== undefined) add(app, `${slug} with ${Object.keys(variant).join()}`, variant);
  }
  const outcome = await runTemplates([...cases.values()]);
  if ("reports" in outcome) reports = outcome.reports;
  else skipped = `Python's packages for the templates can't be installed: ${outcome.problem}`;
  if (skipped !== "" && process.env.RUNNEL_REQUIRE_INDEX === "1") throw new Error(skipped);
}, 300_000);

afterAll(() => {
  if (skipped !== "") console.warn(`Skipped: the apps' templates on CPython: ${skipped}`);
});

function add(app: App, id: string, more: Readonly<Record<string, string>>): void {
  const auth = { ...sampleAccount(app), ...more };
  const answers = OWN_CODE[app.slug]?.answers ?? [];
  cases.set(id, { id, slug: app.slug, code: pythonFor(app), auth, answers });
}

function ran(id: string): { app: App; report: TemplateReport; auth: Readonly<Record<string, string>> } {
  const one = cases.get(id);
  const app = apps.get(one?.slug ?? "");
  const report = reports[id];
  if (one === undefined || app === undefined || report === undefined) throw new Error(`${id} was not run`);
  if (report.error !== null) throw new Error(`${id}: ${report.error}\n${one.code}`);
  return { app, report, auth: one.auth };
}

/** Headers that a library adds by itself. */
const OF_THE_LIBRARY = new Set(
  "host accept accept-encoding connection content-length content-type user-agent".split(" "),
);

/** What matters of a request: its address, its body, and every header that is not a library's habit. */
function essence(request: SentRequest, expected: Readonly<Record<string, string>>) {
  const names = new Set(Object.keys(expected).map((name) => name.toLowerCase()));
  const url = urlOf(request);
  return {
    method: request.method,
    address: url.origin + url.pathname,
    query: [...url.searchParams].sort(),
    headers: Object.fromEntries(
      request.headers.filter(([name]) => names.has(name) || !OF_THE_LIBRARY.has(name)),
    ),
    body: request.body === "" ? null : JSON.parse(request.body),
    tlsHost: request.tlsHost,
  };
}

function expectTestRequest(id: string): void {
  const { app, report, auth } = ran(id);
  const expected = testRequestOf(app, auth);
  const url = new URL(expected.url);
  expect(report.requests.map((request) => essence(request, expected.headers))).toEqual([
    {
      method: expected.method,
      address: url.origin + url.pathname,
      query: [...url.searchParams].sort(),
      headers: Object.fromEntries(
        Object.entries(expected.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: expected.body === null ? null : JSON.parse(expected.body),
      tlsHost: url.hostname,
    },
  ]);
  expect(report.result).toEqual({ ok: true, answered: app.slug });
}

describe("the template of each app sends its request with the credential in its place", () => {
  test.for(appSummaries.map((app) => app.slug))("%s", (slug, context) => {
    if (skipped !== "") context.skip(skipped);
    const own = OWN_CODE[slug];
    if (own === undefined) return expectTestRequest(slug);
    const { report, auth } = ran(slug);
    own.check(report, auth);
  });
});

describe("optional fields change the request", () => {
  test.for(Object.keys(VARIANTS))("%s", (slug, context) => {
    if (skipped !== "") context.skip(skipped);
    expectTestRequest(`${slug} with ${Object.keys(VARIANTS[slug] ?? {}).join()}`);
  });
});

test("an app with Python of its own has a check of its own, and no other", () => {
  const withPython = [...apps.values()].filter((app) => app.python !== undefined).map((app) => app.slug);
  expect(withPython.sort()).toEqual(Object.keys(OWN_CODE).sort());
});

/** Written out by hand, one for each placement: the data and the expectation above could be wrong together. */
describe("as the vendors document it", () => {
  const line = (id: string) => {
    const { report } = ran(id);
    return report.requests.map((one) => `${one.method} ${urlOf(one).href}`).join();
  };
  const header = (id: string, name: string) =>
    ran(id).report.requests[0]?.headers.find(([key]) => key === name)?.[1];

  test("a header with a scheme: GitHub", (context) => {
    if (skipped !== "") context.skip(skipped);
    expect(line("github")).toBe("GET https://api.github.com/user");
    expect(header("github", "authorization")).toBe("Bearer github-oauth-access-token-1");
  });
  test("a header without a scheme: ClickUp", (context) => {
    if (skipped !== "") context.skip(skipped);
    expect(line("clickup")).toBe("GET https://api.clickup.com/api/v2/user");
    expect(header("clickup", "authorization")).toBe("clickup-oauth-access-token-1");
  });
  test("the query: ConvertKit", (context) => {
    if (skipped !== "") context.skip(skipped);
    expect(line("convertkit")).toBe(
      "GET https://api.convertkit.com/v3/account?api_secret=convertkit-api-secret-1",
    );
  });
  test("basic: Twilio", (context) => {
    if (skipped !== "") context.skip(skipped);
    expect(header("twilio", "authorization")).toBe(`Basic ${btoa("twilio-accountsid-1:twilio-authtoken-1")}`);
  });
  test("the path: Telegram", (context) => {
    if (skipped !== "") context.skip(skipped);
    expect(line("telegram_bot_api")).toBe("GET https://api.telegram.org/bottelegram-bot-api-token-1/getMe");
  });
});
