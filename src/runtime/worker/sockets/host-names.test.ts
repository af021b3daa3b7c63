import { expect, test } from "vitest";
import { createHostNames } from "./host-names.ts";

test("names get addresses that nobody else has, and back", () => {
  const names = createHostNames();
  const hosts = Array.from({ length: 70_000 }, (_, index) => `h${index}.example`);
  const addresses = hosts.map((host) => names.addressOf(host));
  expect(new Set(addresses).size).toBe(hosts.length);
  expect(addresses.every((address) => /^240\.\d+\.\d+\.\d+$/.test(address))).toBe(true);
  expect(addresses.every((address, index) => names.nameOf(address) === hosts[index])).toBe(true);
  expect(names.addressOf("h0.example")).toBe(addresses[0]);
});

test("IPv4 addresses stand for themselves, IPv6 addresses need one", () => {
  const names = createHostNames();
  expect(names.addressOf("10.1.2.3")).toBe("10.1.2.3");
  expect(names.nameOf("10.1.2.3")).toBeNull();
  expect(names.nameOf(names.addressOf("::1"))).toBe("::1");
});
