import { describe, expect, test } from "vitest";
import { parseHost } from "./parse-host.ts";

describe("what is a host", () => {
  test.each([
    ["api.example.com", "api.example.com", null],
    ["  API.Example.COM  ", "api.example.com", null],
    ["api.example.com.", "api.example.com", null],
    ["api.example.com:8443", "api.example.com", 8443],
    ["example.com:80", "example.com", 80],
    ["localhost:5432", "localhost", 5432],
    ["my_service", "my_service", null],
    ["192.168.1.20", "192.168.1.20", null],
    ["192.168.1.20:8080", "192.168.1.20", 8080],
    // Other ways to write an address are that address.
    ["127.1", "127.0.0.1", null],
    ["0x7f000001", "127.0.0.1", null],
    ["2130706433", "127.0.0.1", null],
    ["::1", "::1", null],
    ["[::1]", "::1", null],
    ["[::1]:5432", "::1", 5432],
    ["2001:DB8:0:0::1", "2001:db8::1", null],
    ["münchen.example", "xn--mnchen-3ya.example", null],
    // Pasted addresses.
    ["https://api.example.com/v1/users?id=1#top", "api.example.com", null],
    ["https://api.example.com:443/", "api.example.com", 443],
    ["http://localhost:3000/", "localhost", 3000],
    ["https://user:pass@api.example.com/x@y", "api.example.com", null],
    ["postgresql://me:secret@db.example.com:5432/main", "db.example.com", 5432],
    ["//cdn.example.com/lib.js", "cdn.example.com", null],
    ["api.example.com/v1", "api.example.com", null],
    ["https://[::1]:8080/x", "::1", 8080],
  ])("%s", (text, host, port) => {
    expect(parseHost(text)).toEqual({ ok: true, value: { host, port } });
  });
});

describe("what is none", () => {
  test.each([
    ["", /such as api\.example\.com/],
    ["   ", /such as/],
    ["*.example.com", /\* can't be added/],
    ["two words", /no spaces/],
    ["https://", /no host in this address/],
    ["https:///path", /no host in this address/],
    ["example.com:", /from 1 to 65535/],
    ["example.com:0", /from 1 to 65535/],
    ["example.com:65536", /from 1 to 65535/],
    ["example.com:http", /from 1 to 65535/],
    ["exa mple.com", /no spaces/],
    ["-example.com", /“-example\.com” is not/],
    ["example..com", /is not the name/],
    ["999.1.1.1", /is not the name/],
    ["1::2::3", /is not the name/],
    ["fe80::1%eth0", /is not the name/],
    [`${"a".repeat(64)}.example`, /is not the name/],
    [`${"a.".repeat(130)}example`, /is not the name/],
    ["169.254.169.254", /refused always/],
    ["http://2852039166/latest/meta-data", /refused always/],
    ["[fe80::1]:80", /refused always/],
  ])("%s", (text, problem) => {
    expect(parseHost(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});
