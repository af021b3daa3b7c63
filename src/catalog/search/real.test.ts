import { appSummaries } from "virtual:runnel-apps";
import { describe, expect, test } from "vitest";
import { createAppSearch } from "./search.ts";

const search = createAppSearch(appSummaries);

describe("what people type finds the app they mean first", () => {
  test.each([
    ["sla", "slack"],
    ["slack", "slack"],
    ["slakc", "slack"],
    ["gs", "google_sheets"],
    ["gsheets", "google_sheets"],
    ["sheets", "google_sheets"],
    ["google cal", "google_calendar"],
    ["gh", "github"],
    ["gihtub", "github"],
    ["chatgpt", "openai"],
    ["claude", "anthropic"],
    ["openai", "openai"],
    ["twitter", "twitter"],
    ["x", "twitter"],
    ["postgres", "postgresql"],
    ["mongo", "mongodb"],
    ["excel", "microsoft_excel"],
    ["outlook", "microsoft_outlook"],
    ["airtable", "airtable_oauth"],
    ["s3", "aws"],
    ["insta", "instagram_business"],
    ["stipe", "stripe"],
    ["telegram", "telegram_bot_api"],
    ["wordpress", "wordpress_org"],
    ["kit", "convertkit"],
    ["crm", "hubspot"],
  ])("%s → %s", (query, slug) => {
    expect(search(query)[0]?.app.slug).toBe(slug);
  });
});

test("every app is found first, or beside its namesakes, by its whole name", () => {
  for (const app of appSummaries) {
    const exact = search(app.name).filter((match) => match.rank === "exact");
    expect(exact.map((match) => match.app.slug)).toContain(app.slug);
  }
});
