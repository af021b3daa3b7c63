import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { curlCommand, quote } from "./curl.ts";
import { body, connection, exchange, message } from "./testing.ts";

const plain = connection([], { tls: false, verified: null, port: 80 });
const command = (change: Parameters<typeof exchange>[0], on = plain) => curlCommand(on, exchange(change));
const headers = [["Host", "api.example.com"]] as const;

test.each([
  ["it's"],
  ['"quoted" $HOME `id` \\ !'],
  ["two\nlines\t'"],
  ["ü ⟦slack.$auth.token⟧"],
  ["@file"],
  [""],
])("a shell reads %j as it was", (text) => {
  expect(execFileSync("sh", ["-c", `printf %s ${quote(text)}`], { encoding: "utf8" })).toBe(text);
});

describe("curlCommand", () => {
  test("a plain GET, without what curl would add", () => {
    expect(command({ path: "/a?b=c&d[]={1}" })).toBe(
      [
        "curl",
        "--http1.1",
        "--globoff",
        "--path-as-is",
        "'http://api.example.com/a?b=c&d[]={1}'",
        "-H 'User-Agent:'",
        "-H 'Accept:'",
      ].join(" \\\n  "),
    );
  });

  test("headers in their order, with a body", () => {
    const lines = command({
      method: "POST",
      request: message(
        [
          ["Host", "api.example.com"],
          ["User-Agent", "it's me"],
          ["X-Empty", ""],
          ["Accept", "*/*"],
          ["Accept-Encoding", "gzip, deflate"],
          ["Authorization", "Bearer ⟦slack.$auth.token⟧"],
          ["Content-Length", "9"],
          ["Content-Type", "application/json"],
        ],
        body("{'a'\n: 1}", { mediaType: "application/json" }),
      ),
    }).split(" \\\n  ");
    expect(lines.slice(5)).toEqual([
      "-H 'User-Agent: it'\\''s me'",
      "-H 'X-Empty;'",
      "-H 'Accept: */*'",
      "-H 'Accept-Encoding: gzip, deflate'",
      "-H 'Authorization: Bearer ⟦slack.$auth.token⟧'",
      "-H 'Content-Type: application/json'",
      "--compressed",
      "--data-raw '{'\\''a'\\''\n: 1}'",
    ]);
  });

  test.each([
    ["bytes", body("xxx", { content: { kind: "bytes", latin1: "\0\u0001" }, mediaType: "image/png" })],
    ["a text that was cut", body("xxx", { isCut: true })],
    ["a compressed text", body("xxx", { encoding: "gzip" })],
    ["text of another charset", body("é", { charset: "iso-8859-1" })],
    ["what is not kept", body("xxx", { content: { kind: "left-out", why: "not-stored" } })],
  ])("%s: a file that a comment describes", (_name, content) => {
    const text = command({ method: "PUT", request: message(headers, content) });
    expect(text).toMatch(/^# body\.bin: .*It was \d bytes/);
    expect(text).toMatch(/-X 'PUT'[\s\S]*--data-binary @body\.bin$/);
  });

  test("methods", () => {
    expect(command({ method: "HEAD" })).toContain("--head");
    expect(command({ method: "DELETE" })).toContain("-X 'DELETE'");
    const empty = message([...headers, ["Content-Length", "0"]]);
    expect(command({ method: "POST", request: empty })).toMatch(/--data-raw ''$/);
    expect(command({ method: "GET", request: message(headers, body("x")) })).toContain("-X 'GET'");
    expect(command({ method: "OPTIONS", path: "*" })).toContain("--request-target '*'");
  });

  test("a certificate that was not checked is not checked by curl", () => {
    expect(command({}, connection([], { verified: false }))).toContain(" -k ");
    expect(command({}, connection([]))).not.toContain("-k");
  });

  test("another Host than the one connected to, and a proxy", () => {
    const odd = command(
      { request: message([["Host", "internal.example:8080"]]) },
      connection([], { host: "10.0.0.1" }),
    );
    expect(odd).toContain("--connect-to '::10.0.0.1:443'");
    expect(odd).toContain("'https://internal.example/'");
    const proxied = command(
      { path: "http://far.example/x" },
      { ...plain, host: "proxy.example", port: 3128 },
    );
    expect(proxied).toContain("--proxy 'http://proxy.example:3128'");
    expect(proxied).toContain("'http://far.example/x'");
  });
});
