import { describe, expect, test } from "vitest";
import { exampleField } from "./harness/example-app.ts";
import { allowedHosts, coversHost } from "./hosts.ts";

describe("allowedHosts", () => {
  const hosts = (templates: string[], fields: Record<string, string>) =>
    allowedHosts({ hosts: templates, fields: [exampleField("a"), exampleField("url")] }, fields);

  test("a field as a part of the host, in lower case", () => {
    expect(hosts(["{a}.zendesk.com"], { a: "Acme" })).toEqual(["acme.zendesk.com"]);
  });
  test.each([
    ["https://shop.example.com", "shop.example.com"],
    ["https://shop.example.com:8443/blog/", "shop.example.com"],
    ["shop.example.com/", "shop.example.com"],
    ["http://localhost:8065", "localhost"],
    ["db1.example.com:27017,db2.example.com:27017/?tls=true", "db1.example.com"],
  ])("a whole address in a field: %s", (url, host) => {
    expect(hosts(["{url}"], { url })).toEqual([host]);
  });
  test("an empty field leaves its host out, and no other", () => {
    expect(hosts(["api.example.com", "{url}"], {})).toEqual(["api.example.com"]);
  });
  test.each(["evil.com/", "evil.com#", "evil.com?", "user@evil.com:1", "a b", "*"])(
    "a value that would make another host of it is left out: %s",
    (a) => {
      expect(hosts(["{a}.zendesk.com"], { a })).toEqual([]);
    },
  );
  test("each host once", () => {
    expect(hosts(["api.example.com", "{url}"], { url: "https://api.example.com" })).toEqual([
      "api.example.com",
    ]);
  });
});

describe("coversHost", () => {
  test("the same name, whatever its case; nothing longer or shorter", () => {
    expect(coversHost(["api.example.com"], "API.example.com")).toBe(true);
    expect(coversHost(["api.example.com"], "example.com")).toBe(false);
    expect(coversHost(["api.example.com"], "api.example.com.evil.com")).toBe(false);
  });
  test("*. stands for any subdomain, not for the domain itself", () => {
    expect(coversHost(["*.amazonaws.com"], "sts.us-east-1.amazonaws.com")).toBe(true);
    expect(coversHost(["*.amazonaws.com"], "amazonaws.com")).toBe(false);
    expect(coversHost(["*.amazonaws.com"], "evilamazonaws.com")).toBe(false);
  });
});
