// @vitest-environment node
import { expect, test } from "vitest";
import { framePolicy, metaPolicy, pagePolicy, withMetaPolicy } from "./content-policy.ts";

const page = '<!doctype html>\n<meta charset="utf-8">\n<title>A</title>\n<script>run("$&");</script>';

/** The policy that a page's HTML says of itself. */
function saidBy(html: string): string {
  return /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
}

test("a page says of itself what its headers say, but what only a header can", () => {
  const header = framePolicy(page);
  const said = saidBy(withMetaPolicy(page, header));
  expect(header.split("; ").filter((directive) => !said.split("; ").includes(directive))).toEqual([
    "sandbox allow-scripts",
    "frame-ancestors 'self'",
  ]);
  expect(`${metaPolicy(pagePolicy())}; frame-ancestors 'none'`).toBe(pagePolicy());
});

test("the header of a page that says it is the one of the page before: its script's hash stays", () => {
  expect(framePolicy(withMetaPolicy(page, framePolicy(page)))).toBe(framePolicy(page));
  expect(withMetaPolicy(page, "default-src 'none'").replace(/\n.*<meta http-equiv.*/, "")).toBe(page);
});

test("it stands before every script, behind the charset", () => {
  const html = withMetaPolicy(page, framePolicy(page));
  expect(html.indexOf("http-equiv")).toBeLessThan(html.indexOf("<title>"));
  expect(html.indexOf("charset")).toBeLessThan(html.indexOf("http-equiv"));
  expect(() => withMetaPolicy("<script></script>", "default-src 'none'")).toThrow(/charset/);
});
