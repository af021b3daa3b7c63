import { expect, test } from "vitest";
import { hostAndPort, patternTexts, shownHost } from "./host-text.ts";

test("a name can't pose as another: what is not plain ASCII is written out", () => {
  expect(shownHost("api.example.com")).toBe("api.example.com");
  expect(shownHost("sl\u0430ck.com")).toBe("sl\\u{430}ck.com");
  expect(shownHost("a\u202emoc.kcals")).toBe("a\\u{202e}moc.kcals");
  expect(shownHost("a b\nc")).toBe("a\\u{20}b\\u{a}c");
  expect(shownHost("\u{1f600}")).toBe("\\u{1f600}");
});

test("host and port, IPv6 in brackets where a port follows", () => {
  expect(hostAndPort("localhost", 80)).toBe("localhost:80");
  expect(hostAndPort("::1", 80)).toBe("[::1]:80");
  expect(hostAndPort("::1", null)).toBe("::1");
});

test("patterns in words", () => {
  expect(patternTexts(["slack.com", "*.slack.com", "*.files.example", "api.example"])).toEqual([
    "slack.com and its subdomains",
    "api.example",
    "subdomains of files.example",
  ]);
});
