import { describe, expect, test } from "vitest";
import type { AppSummary } from "../types.ts";
import { createAppSearch, type SearchContext } from "./search.ts";

/** An app of which only what a test is about is given. */
function app(name: string, more: Partial<AppSummary> = {}): AppSummary {
  return {
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, "_"),
    name,
    description: "",
    categories: [],
    aliases: [],
    authType: "keys",
    weight: 50,
    color: "#123456",
    iconPath: null,
    ...more,
  };
}

/** What a query finds: `rank name`, in order. */
function find(apps: readonly AppSummary[], query: string, context?: SearchContext): string[] {
  return createAppSearch(apps)(query, context).map((match) => `${match.rank} ${match.app.name}`);
}

/** The marked parts of the first match's name. */
function marked(apps: readonly AppSummary[], query: string): string[] {
  const [match] = createAppSearch(apps)(query);
  return match?.highlight.map(([start, end]) => match.app.name.slice(start, end)) ?? [];
}

describe("each step of the ranking, against the one below it", () => {
  // The lower rank has the greater weight, so that only the rank can put the other first.
  const above = (query: string, better: AppSummary, worse: AppSummary) =>
    find(
      [
        { ...worse, weight: 100 },
        { ...better, weight: 0 },
      ],
      query,
    );

  const cases: [string, AppSummary, AppSummary, string[]][] = [
    ["mail", app("Mail"), app("Post", { aliases: ["mail"] }), ["exact Mail", "alias Post"]],
    ["mail", app("Post", { aliases: ["mail"] }), app("Mailgun"), ["alias Post", "name-prefix Mailgun"]],
    ["mail", app("Mailgun"), app("Google Mail"), ["name-prefix Mailgun", "word-prefix Google Mail"]],
    ["gs", app("Big Gstore"), app("Google Sheets"), ["word-prefix Big Gstore", "acronym Google Sheets"]],
    ["goss", app("Good Old Sheets Store"), app("Gosh"), ["acronym Good Old Sheets Store", "typo Gosh"]],
    ["flow", app("Flew"), app("Webflow"), ["typo Flew", "within-name Webflow"]],
    ["flow", app("Webflow"), app("Zap", { categories: ["Flow"] }), ["within-name Webflow", "category Zap"]],
    [
      "crm",
      app("Acme", { categories: ["CRM"] }),
      app("Bolt", { description: "A CRM for all." }),
      ["category Acme", "description Bolt"],
    ],
  ];
  test.each(cases)("%s", (query, better, worse, expected) => {
    expect(above(query, better, worse)).toEqual(expected);
  });
});

describe("ties", () => {
  const apps = [app("Slack Bot", { weight: 10 }), app("Slate", { weight: 90 }), app("Sling", { weight: 50 })];

  test("weight, the greater first", () => {
    expect(find(apps, "sl")).toEqual(["name-prefix Slate", "name-prefix Sling", "name-prefix Slack Bot"]);
  });
  test("recent before weight, the latest first", () => {
    expect(find(apps, "sl", { recent: ["slack_bot", "sling"] })[0]).toBe("name-prefix Slack Bot");
    expect(find(apps, "sl", { recent: ["sling", "slack_bot"] })).toEqual([
      "name-prefix Sling",
      "name-prefix Slack Bot",
      "name-prefix Slate",
    ]);
  });
  test("connected before recent", () => {
    const context = { connected: new Set(["slack_bot"]), recent: ["sling", "slate"] };
    expect(find(apps, "sl", context)).toEqual([
      "name-prefix Slack Bot",
      "name-prefix Sling",
      "name-prefix Slate",
    ]);
  });
  test("connected apps among each other: recent, then weight", () => {
    const context = { connected: new Set(["slack_bot", "slate"]), recent: ["slack_bot"] };
    expect(find(apps, "sl", context)).toEqual([
      "name-prefix Slack Bot",
      "name-prefix Slate",
      "name-prefix Sling",
    ]);
  });
  test("the name, where all else is equal", () => {
    expect(find([app("Slow"), app("Slab")], "sl")).toEqual(["name-prefix Slab", "name-prefix Slow"]);
  });
  test("a better rank beats a connected app", () => {
    const context = { connected: new Set(["my_slack"]) };
    expect(find([app("My Slack"), app("Slack")], "slack", context)[0]).toBe("exact Slack");
  });
  test("a slug that was used twice counts from its latest use", () => {
    expect(find(apps, "sl", { recent: ["sling", "slate", "sling"] })[0]).toBe("name-prefix Sling");
  });
});

describe("what counts as found", () => {
  const github = app("GitHub", { aliases: ["git"] });
  const sheets = app("Google Sheets", { aliases: ["gsheets"] });

  test("nothing typed: every app, by the ties", () => {
    expect(find([app("A", { weight: 1 }), app("B", { weight: 2 })], "  ")).toEqual(["all B", "all A"]);
  });
  test("only signs: nothing", () => {
    expect(find([github], "!?")).toEqual([]);
  });
  test("case and diacritics don't matter, on either side", () => {
    expect(find([app("Café Übersicht")], "cafe uber")).toEqual(["name-prefix Café Übersicht"]);
    expect(find([app("Cafe")], "CAFÉ")).toEqual(["exact Cafe"]);
    expect(find([app("Straße")], "strasse")).toEqual(["exact Straße"]);
  });
  test("a slug, with or without its underscores", () => {
    expect(find([sheets], "google_sheets")).toEqual(["exact Google Sheets"]);
    expect(find([sheets], "googlesheets")).toEqual(["exact Google Sheets"]);
    expect(find([app("X (Twitter)", { slug: "twitter" })], "twitter")).toEqual(["exact X (Twitter)"]);
  });
  test("an alias, and its beginning while it is typed", () => {
    expect(find([sheets], "gsheets")).toEqual(["alias Google Sheets"]);
    expect(find([sheets], "gshee")).toEqual(["word-prefix Google Sheets"]);
  });
  test("words in any order, but all of them", () => {
    expect(find([sheets], "she goo")).toEqual(["word-prefix Google Sheets"]);
    expect(find([sheets], "goo zap")).toEqual([]);
  });
  test("humps are words: hub and gh find GitHub", () => {
    expect(find([github], "hub")).toEqual(["word-prefix GitHub"]);
    expect(find([github], "gh")).toEqual(["acronym GitHub"]);
  });
  test("one letter is no acronym", () => {
    expect(find([app("7 Geese Club", { slug: "x" })], "c")).toEqual(["word-prefix 7 Geese Club"]);
    expect(find([app("Big Store", { slug: "x" })], "bs")).toEqual(["acronym Big Store"]);
  });
  test("words from the name and from a category together", () => {
    const calendar = app("Google Calendar", { categories: ["Scheduling"] });
    expect(find([calendar], "google sched")).toEqual(["category Google Calendar"]);
  });
  test("one letter searches no categories and descriptions", () => {
    const store = app("Big Store", { categories: ["Zoos"], description: "Zebras and zoos." });
    expect(find([store], "z")).toEqual([]);
    expect(find([store], "zo")).toEqual(["category Big Store"]);
  });
  test("what nothing matches: nothing", () => {
    expect(find([github, sheets], "quetzalcoatl")).toEqual([]);
  });
});

describe("one typo", () => {
  const slack = app("Slack");

  test.each([
    ["slakc", "swapped"],
    ["slck", "left out"],
    ["slaack", "added"],
    ["slick", "changed"],
    ["xlack", "changed, the first"],
  ])("%s (%s)", (query) => {
    expect(find([slack], query)).toEqual(["typo Slack"]);
  });
  test("not two", () => {
    expect(find([slack], "slikc")).toEqual([]);
  });
  test("not in three letters", () => {
    expect(find([app("Sla")], "slo")).toEqual([]);
    expect(find([app("Slab")], "slob")).toEqual(["typo Slab"]);
  });
  test("in a later word, in an alias, across a space", () => {
    expect(find([app("Google Sheets")], "shetes")).toEqual(["typo Google Sheets"]);
    expect(find([app("OpenAI", { aliases: ["chatgpt"] })], "chatgtp")).toEqual(["typo OpenAI"]);
    expect(find([app("Google Sheets")], "gogle sheets")).toEqual(["typo Google Sheets"]);
  });
  test("while a longer word is being typed: from five letters on", () => {
    expect(find([app("Salesforce")], "salse")).toEqual(["typo Salesforce"]);
    expect(find([app("Salesforce")], "slae")).toEqual([]);
  });
});

describe("highlight", () => {
  test.each([
    ["Slack", "slack", ["Slack"]],
    ["Slack Bot", "sla", ["Sla"]],
    ["Google Sheets", "googles", ["Google S"]],
    ["Google Sheets", "she goo", ["Goo", "She"]],
    ["GitHub", "gh", ["G", "H"]],
    ["Webflow", "flow", ["flow"]],
    ["Café Übersicht", "uber", ["Über"]],
    ["Straße", "stras", ["Straß"]],
    ["Slack", "slakc", ["Slack"]],
    ["Let's Encrypt", "lets e", ["Let's E"]],
  ])("%s, %s", (name, query, parts) => {
    expect(marked([app(name)], query)).toEqual(parts);
  });
  test("found by its alias or description: nothing of the name", () => {
    expect(marked([app("OpenAI", { aliases: ["chatgpt"] })], "chatgpt")).toEqual([]);
    expect(marked([app("Bolt", { description: "A CRM." })], "crm")).toEqual([]);
  });
});
