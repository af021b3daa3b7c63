// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  type AddressKind,
  classifyAddress,
  innermostAddress,
  isLinkLocalOrMetadata,
  literalAddress,
  stricter,
} from "./addresses.ts";

const kinds: Readonly<Record<AddressKind, readonly string[]>> = {
  public: [
    "1.1.1.1",
    "8.8.8.8",
    "172.15.255.255",
    "172.32.0.1",
    "192.167.1.1",
    "11.0.0.1",
    "100.63.255.255",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "::8.8.8.8",
    "::ffff:0:8.8.8.8",
  ],
  private: [
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "fd00::1",
    "fc12:3456::1",
    "fec0::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "64:ff9b::c0a8:101",
    "2002:c0a8:101::",
    "::192.168.1.1",
    "2606:4700::5efe:10.0.0.1",
  ],
  loopback: [
    "127.0.0.1",
    "127.255.255.254",
    "::1",
    "::1%lo",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "2606:4700::200:5efe:127.0.0.1",
  ],
  forbidden: [
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "169.254.169.254",
    "169.254.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "100::1",
    "64:ff9b:1::7f00:1",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "::169.254.169.254",
    "::ffff:0:169.254.169.254",
    "::ffff:100.100.100.200",
    "::ffff:0.0.0.0",
    "fe80::5efe:8.8.8.8",
    "2606:4700::5efe:169.254.169.254",
    "not an address",
    "",
  ],
};

describe("an address is", () => {
  for (const [kind, addresses] of Object.entries(kinds)) {
    test.each(addresses)(`${kind}: %s`, (address) => {
      expect(classifyAddress(address)).toBe(kind);
    });
  }
});

describe("a host names an address by itself as", () => {
  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["2130706433", "127.0.0.1"],
    ["0x7f000001", "127.0.0.1"],
    ["0x7f.0.0.1", "127.0.0.1"],
    ["0177.0.0.1", "127.0.0.1"],
    ["017700000001", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["127.0.1", "127.0.0.1"],
    ["0xa9fea9fe", "169.254.169.254"],
    ["2852039166", "169.254.169.254"],
    ["169.254.43518", "169.254.169.254"],
    ["0251.0376.0251.0376", "169.254.169.254"],
    ["0", "0.0.0.0"],
    ["[::1]", "::1"],
    ["::ffff:127.0.0.1", "127.0.0.1"],
    ["[::ffff:a9fe:a9fe]", "169.254.169.254"],
    ["0:0:0:0:0:0:0:1", "::1"],
  ])("%s: %s", (host, address) => {
    expect(literalAddress(host)).toBe(address);
  });

  test.each(["example.com", "localhost", "256.1.1.1.example", "1.2.3.4.5", "", "::1::", "[::1"])(
    "nothing, but a name: %s",
    (host) => expect(literalAddress(host)).toBeNull(),
  );
});

test("the innermost address is what an address ends up at", () => {
  expect(innermostAddress("::ffff:192.0.2.2")).toBe("192.0.2.2");
  expect(innermostAddress("64:ff9b::192.0.2.2")).toBe("192.0.2.2");
  expect(innermostAddress("fe80::1%eth0")).toBe("fe80::1");
  expect(innermostAddress("10.0.0.1")).toBe("10.0.0.1");
});

test("a configured host may be anywhere but on the link or at a metadata service", () => {
  expect(["203.0.113.80", "10.0.0.1", "127.0.0.1", "fd00::1"].filter(isLinkLocalOrMetadata)).toEqual([]);
  const never = ["169.254.169.254", "::ffff:169.254.1.1", "fe80::1%eth0", "100.100.100.200", "fd00:ec2::254"];
  expect(never.filter(isLinkLocalOrMetadata)).toEqual(never);
});

test("of two kinds the stricter one counts", () => {
  expect(stricter("public", "private")).toBe("private");
  expect(stricter("loopback", "private")).toBe("loopback");
  expect(stricter("public", "forbidden")).toBe("forbidden");
});
