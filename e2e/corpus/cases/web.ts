import { returns, seen, type WorkingCase } from "./case.ts";

const echo = ["echo.example.com"];
const api = ["api.example.com"];
const model = ["api.openai.com"];

/** Steps that talk to servers, by every client and with every kind of body that people use. */
export const web: readonly WorkingCase[] = [
  {
    name: "requests_json",
    seen: seen.http,
    talksTo: echo,
    ...returns({ sent: { reference: "A-4711", total: 60.47 }, type: "application/json", key: "123" }),
    log: "200",
  },
  {
    name: "requests_form",
    seen: seen.http,
    talksTo: echo,
    ...returns({ name: "Bulbasaur", kind: ["grass", "poison"], note: "Ünïcode & more" }),
  },
  {
    name: "requests_raw",
    seen: seen.http,
    talksTo: echo,
    exports: { text: "plain text ✓", status: true, $return_value: { name: "Luke", sides: null } },
  },
  {
    name: "requests_params",
    seen: seen.http,
    talksTo: echo,
    ...returns({ url: "postId=1&tag=a+b&tag=c%26d", args: { postId: "1", tag: ["a b", "c&d"] } }),
  },
  {
    name: "requests_multipart",
    seen: seen.http,
    talksTo: echo,
    ...returns({
      form: { album: "logos" },
      files: {
        image: { filename: "logo.png", type: "text/plain", size: 5120, sha256: "43453610" },
        notes: { filename: "notes.txt", type: "text/plain", size: 22, sha256: "73621482" },
      },
    }),
  },
  {
    name: "requests_toolbelt_upload",
    seen: seen.http,
    talksTo: echo,
    ...returns(["filename.pdf", "application/pdf", 300_009]),
  },
  {
    name: "requests_download",
    seen: seen.files,
    talksTo: echo,
    ...returns({ size: 1_500_000, left: false }),
  },
  {
    name: "requests_session",
    seen: seen.repositories,
    talksTo: echo,
    ...returns({ auth: "Basic YWRhOnMzY3JldA==", cookie: "session=made-up-4711", agent: "shop-sync/1.0" }),
  },
  {
    name: "requests_retry",
    seen: seen.repositories,
    talksTo: echo,
    ...returns({ asked: 3 }),
    log: "HTTP error occurred: 404",
  },
  {
    name: "backoff_by_hand",
    seen: seen.repositories,
    talksTo: echo,
    ...returns({ asked: 3 }),
    log: /Attempt 1\/5 got 503[\s\S]*Attempt 2\/5 got 503/,
  },
  {
    name: "paginate_link",
    seen: seen.http,
    talksTo: api,
    exports: { count: 100, $return_value: { id: 100 } },
  },
  {
    name: "paginate_generator",
    seen: seen.community,
    talksTo: api,
    ...returns({ first: [1, 2, 3], count: 120, active: { 2: "user2@example.com", 4: "user4@example.com" } }),
  },
  { name: "graphql", seen: seen.http, talksTo: api, ...returns({ stargazerCount: 6 }) },
  {
    name: "oauth_refresh",
    seen: seen.community,
    talksTo: api,
    exports: { valid: true, $return_value: [{ number: "R-1", paid: false }] },
    log: "Token expired, refreshing...",
  },
  {
    name: "urllib_only",
    seen: seen.repositories,
    talksTo: echo,
    ...returns({
      sent: { chatId: "4917@c.us", message: "Summary ✓" },
      args: { instance: "7103", q: "a b" },
      refused: 403,
    }),
  },
  { name: "httpx_async", seen: seen.repositories, talksTo: echo, ...returns({ total: 28 }) },
  { name: "aiohttp_in_a_plain_handler", seen: seen.community, talksTo: echo, ...returns([0, 1, 2]) },
  {
    name: "thread_pool",
    seen: seen.repositories,
    talksTo: echo,
    ...returns({ results: [0, 1, 2, 3], mapped: ["A", "B"] }),
  },
  {
    name: "poll_a_job",
    seen: seen.blog,
    talksTo: api,
    ...returns({ status: "COMPLETED", progress: 100 }),
    log: "Current status, RUNNING, percentage: 40",
  },
  { name: "slack_webhook", seen: seen.community, talksTo: api, ...returns("ok header section") },
  {
    name: "openai_rest",
    seen: seen.repositories,
    talksTo: model,
    ...returns({ answer: "GOOD MORNING ALL", pieces: ["GOOD", " MORNING", " ALL"] }),
  },
  {
    name: "openai_client",
    seen: seen.repositories,
    talksTo: model,
    ...returns({ summary: "GOOD MORNING", tokens: 5, streamed: "PIECE BY PIECE" }),
  },
];
