import { expect, test } from "vitest";
import { isLiteralHost, normalizeHost, rangeOfHost } from "./host-range.ts";

test.each([
  ["API.Example.com.", "api.example.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["some_host", "some_host"],
  ["[::1]", "::1"],
  ["0:0:0:0:0:0:0:1", "::1"],
  ["127.1", "127.0.0.1"],
  ["0x7f000001", "127.0.0.1"],
  ["2130706433", "127.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["not a host", "not a host"],
  ["a.example/x", "a.example/x"],
  ["a.example@b.example", "a.example@b.example"],
  ["a.example:80", "a.example:80"],
  ["a.example#b", "a.example#b"],
  ["%61.example", "%61.example"],
])("%s is written %s", (host, written) => {
  expect(normalizeHost(host)).toBe(written);
});

test.each([
  ["localhost", "loopback", true],
  ["app.localhost", "loopback", true],
  ["127.0.0.2", "loopback", true],
  ["::1", "loopback", true],
  ["[::1]", "loopback", true],
  ["192.168.1.4", "private", true],
  ["fd00::1", "private", true],
  ["100.64.0.1", "private", true],
  ["::ffff:10.0.0.1", "private", true],
  ["93.184.215.14", "public", true],
  ["api.example.com", "public", false],
  ["localhost.example.com", "public", false],
  ["notlocalhost", "public", false],
] as const)("%s is %s", (host, range, isLiteral) => {
  expect(rangeOfHost(host)).toBe(range);
  expect(isLiteralHost(host)).toBe(isLiteral);
});
