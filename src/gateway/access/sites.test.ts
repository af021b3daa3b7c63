// @vitest-environment node
import { describe, expect, test } from "vitest";
import { sitesOf } from "./sites.ts";

const addresses = ["127.0.0.1", "192.168.1.5", "::1", "fd00::5", "fe80::5"];
const hosts = (options: Parameters<typeof sitesOf>[0]) =>
  sitesOf({ addresses, ...options }).map(({ host }) => host);

describe("the names of a gateway that listens", () => {
  test.each([
    ["127.0.0.1", ["127.0.0.1:7411", "localhost:7411"]],
    ["localhost", ["127.0.0.1:7411", "localhost:7411"]],
    ["::1", ["[::1]:7411", "localhost:7411"]],
    ["192.168.1.5", ["192.168.1.5:7411"]],
    ["Box.Lan", ["box.lan:7411"]],
    ["0.0.0.0", ["192.168.1.5:7411", "127.0.0.1:7411", "localhost:7411"]],
    ["::", ["192.168.1.5:7411", "[fd00::5]:7411", "127.0.0.1:7411", "[::1]:7411", "localhost:7411"]],
  ])("on %s", (host, expected) => {
    expect(hosts({ host, port: 7411, secure: false })).toEqual(expected);
  });

  test("on the usual port, which an origin leaves out", () => {
    expect(sitesOf({ host: "box.lan", port: 443, secure: true })).toEqual([
      { host: "box.lan", origin: "https://box.lan" },
      { host: "box.lan:443", origin: "https://box.lan" },
    ]);
    expect(sitesOf({ host: "127.0.0.1", port: 80, secure: false })[1]).toEqual({
      host: "127.0.0.1:80",
      origin: "http://127.0.0.1",
    });
  });

  test("with a certificate: its names, too, and first", () => {
    const found = sitesOf({ host: "0.0.0.0", port: 7411, secure: true, certified: ["box.lan"], addresses });
    expect(found[0]).toEqual({ host: "box.lan:7411", origin: "https://box.lan:7411" });
    expect(found).toContainEqual({ host: "192.168.1.5:7411", origin: "https://192.168.1.5:7411" });
  });

  test("behind a proxy: the public one and no other", () => {
    const publicUrl = new URL("https://runnel.test");
    expect(sitesOf({ host: "0.0.0.0", port: 7411, secure: false, publicUrl, addresses })).toEqual([
      { host: "runnel.test", origin: "https://runnel.test" },
    ]);
  });

  test("with a public name and a certificate: both", () => {
    const publicUrl = new URL("https://runnel.test:8443");
    expect(hosts({ host: "192.168.1.5", port: 7411, secure: true, publicUrl })).toEqual([
      "runnel.test:8443",
      "192.168.1.5:7411",
    ]);
  });
});
