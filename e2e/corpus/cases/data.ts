import { returns, seen, type WorkingCase } from "./case.ts";

const news = ["news.example.com"];
const lines = [
  { sku: "AB-1", price: "9.99", quantity: "3" },
  { sku: "C-20", price: "20.5", quantity: "1" },
  { sku: "Gift", price: "5", quantity: "2" },
];

/** Steps that read, turn round and write data and files. */
export const data: readonly WorkingCase[] = [
  { name: "csv_write", seen: seen.files, ...returns("/tmp/order.csv") },
  {
    name: "csv_read",
    seen: seen.files,
    ...returns({ total: 60.47, rows: lines, text: '"AB-1";"3"\r\n"C-20";"1"\r\n"Gift";"2"\r\n' }),
  },
  {
    name: "openpyxl_workbook",
    seen: seen.community,
    ...returns({
      sheets: ["Orders"],
      rows: [
        ["AB-1", 9.99, 3, "2026-01-31"],
        ["C-20", 20.5, 1, "2026-01-31"],
      ],
      bold: true,
      formula: "=SUM(B2:B4)",
    }),
  },
  {
    name: "beautifulsoup_scrape",
    seen: seen.repositories,
    talksTo: news,
    ...returns([
      { title: "First & foremost", url: "https://news.example.com/blog/first", tags: ["python", "web"] },
      { title: "Second", url: "https://other.example.com/two", tags: [] },
    ]),
    log: "2 posts on The made-up blog",
  },
  {
    name: "xml_feed",
    seen: seen.repositories,
    talksTo: news,
    ...returns({
      newest: {
        title: "Newer ✓",
        published: "2026-01-31T08:00:00+00:00",
        thumbnail: "https://news.example.com/2.png",
      },
      xml: '<digest count="2"><newest>Newer ✓</newest></digest>',
    }),
  },
  {
    name: "feedparser_news",
    seen: seen.community,
    talksTo: news,
    ...returns({ feed: "Made-up news", summaries: ["One & two", "Three"] }),
  },
  {
    name: "json_from_a_model",
    seen: seen.repositories,
    ...returns({ category: "invoice", amount: 1234.5, due: "2026-01-31" }),
  },
  {
    name: "datetime_zones",
    seen: seen.repositories,
    ...returns({
      local: "29 Mar 2026, 06:30 AM",
      "over the change of clocks": "2026-03-29T03:30:00+02:00",
      week: 1,
      "offset of now": "+0800",
    }),
  },
  {
    name: "pytz_and_dateutil",
    seen: seen.blog,
    ...returns({ reminder: "2026-02-28", localized: "2026-01-31T10:00:00-08:00", age: 1 }),
  },
  {
    name: "dataclasses_and_enums",
    seen: seen.repositories,
    ...returns({
      tasks: {
        low: [
          {
            due: "2026-01-15",
            title: "Call back",
            priority: "low",
            assignee: "Ada",
            tags: ["phone", "money"],
          },
        ],
        high: [
          { due: "2026-02-01", title: "Send invoice", priority: "high", assignee: null, tags: ["money"] },
        ],
      },
      tags: [["money", 2]],
    }),
  },
  {
    name: "pydantic_event",
    seen: seen.repositories,
    ...returns({
      order: {
        id: "A-4711",
        lines: [
          { sku: "AB-1", price: 9.99, quantity: 3 },
          { sku: "C-20", price: 20.5, quantity: 1 },
          { sku: "Gift", price: 5, quantity: 2 },
        ],
        currency: "EUR",
      },
      problems: ["id", "lines.0.price"],
    }),
  },
  {
    name: "webhook_signature",
    seen: seen.community,
    ...returns({ github: true, forged: false, timestamped: true, old: false, "from header": true }),
  },
  {
    name: "base64_attachment",
    seen: seen.community,
    ...returns({
      size: 16,
      md5: "f9b31434b4b6c5e53134ba9acf1d6168",
      uri: "data:text/plain;base64,SGVsbG8gYXR0YWNobWVudA==",
    }),
  },
  {
    name: "zip_files",
    seen: seen.files,
    ...returns({
      listed: { "feb.csv": 5000, "jan.csv": 5000 },
      first: "feb",
      smaller: true,
      left: "reports.zip",
    }),
  },
  { name: "sqlite_in_tmp", seen: seen.community, ...returns(["b", "a"]) },
  { name: "smtp_mail", seen: seen.community, talksTo: ["smtp.gmail.com"], ...returns({ refused: {} }) },
  {
    name: "logging_setup",
    seen: seen.repositories,
    ...returns({ status: "ok" }),
    log: /INFO Processing order A-4711[\s\S]*ERROR Could not read it[\s\S]*KeyError: 'missing'/,
  },
  {
    name: "logging_basic_config",
    seen: seen.repositories,
    exports: {},
    log: /\| INFO \| to the root logger[\s\S]*to one of its own/,
  },
  {
    name: "older_html",
    seen: seen.olderBlog,
    exports: {
      html: "\n<h2>New order</h2>\n\n<p>\nAn order of 3 lines has come in:\n<b>A-4711</b>\n</p>\n",
    },
  },
  {
    name: "older_loop",
    seen: seen.olderDocs,
    exports: {
      時刻: "2026-01-31 18:00:00",
      all_events: [
        ["AB", 1, 3.33],
        ["C", 20, 6.83],
      ],
    },
    log: "after <h2>New order</h2>",
  },
  {
    name: "jwt_token",
    seen: seen.community,
    ...returns({ parts: 3, lifetime: 300, refused: "Signature verification failed" }),
  },
  { name: "retry_decorator", seen: seen.community, ...returns(3), log: "flaky took True" },
  {
    name: "config_and_classes",
    seen: seen.repositories,
    exports: {
      "classification result:": { prompts: ["tone: Write to Ada in a calm tone."], count: 1 },
      routers_config: {
        tone: { enabled: 1, prompt: "Write to {name} in a calm tone." },
        links: { "[CASE STUDY]": "https://www.example.com/case-studies/1" },
      },
    },
    log: "Config and Prompts Exported.",
  },
];

/** A version of a package that can't stand in one workflow with that of `web`. */
export const pinned: WorkingCase = {
  name: "openai_pinned",
  seen: seen.community,
  talksTo: ["api.openai.com"],
  ...returns("SAY HI"),
};
