// @vitest-environment node
import { beforeAll, describe, expect, test } from "vitest";
import { createAuthority, type Pair } from "../testing/certificates.ts";
import { type AccessOptions, planAccess } from "./plan.ts";

const password = "correct horse battery";
let tls: Pair;
let other: Pair;

beforeAll(async () => {
  const authority = await createAuthority();
  tls = await authority.issue(["runnel.test", "*.wild.test", "192.0.2.9"]);
  other = await authority.issue(["other.test"]);
});

describe("starts", () => {
  test.each(["127.0.0.1", "localhost", "::1", "127.8.8.8"])(
    "on %s without a password, private addresses within reach",
    (host) => {
      expect(planAccess({ host })).toMatchObject({ password: null, remote: false });
    },
  );

  test("on loopback with a password, which is asked for then", () => {
    expect(planAccess({ host: "127.0.0.1", password })).toMatchObject({ password, remote: false });
  });

  test("elsewhere with password and certificate, whose names it answers to", () => {
    const plan = planAccess({ host: "0.0.0.0", password, tls });
    expect(plan).toMatchObject({ password, remote: true, certified: ["runnel.test", "192.0.2.9"] });
  });

  test("behind a proxy that speaks TLS", () => {
    const plan = planAccess({ host: "127.0.0.1", password, publicUrl: "https://runnel.test" });
    expect(plan).toMatchObject({ remote: true });
    expect(plan.publicUrl?.origin).toBe("https://runnel.test");
  });

  test("in a container that this machine's own port leads to", () => {
    const options = { host: "0.0.0.0", password, publicUrl: "http://localhost:7411" };
    expect(planAccess(options)).toMatchObject({ remote: true });
  });
});

describe("doesn't start", () => {
  const refused: readonly [string, Partial<AccessOptions>, RegExp][] = [
    ["on every address without a password", { host: "0.0.0.0" }, /--host 0\.0\.0\.0.*RUNNEL_PASSWORD/],
    ["on every IPv6 address without one", { host: "::" }, /RUNNEL_PASSWORD/],
    ["on a private address without one", { host: "192.168.1.2" }, /--password-file/],
    ["on a mapped address without one", { host: "::ffff:192.168.1.2" }, /RUNNEL_PASSWORD/],
    ["under a name without one", { host: "runnel.test" }, /RUNNEL_PASSWORD/],
    ["behind a proxy without one", { publicUrl: "https://runnel.test" }, /--public-url.*RUNNEL_PASSWORD/],
    ["with an empty password", { host: "0.0.0.0", password: "" }, /at least 12/],
    ["with a short password", { host: "0.0.0.0", password: "hunter2hunt" }, /^(?!.*hunter2).*at least 12/],
    ["with a password of spaces", { host: "0.0.0.0", password: " ".repeat(20) }, /at least 12/],
    ["with a short password on loopback", { password: "short" }, /at least 12/],
    ["in the clear", { host: "0.0.0.0", password }, /--tls-cert.*--public-url/],
    ["behind a proxy in the clear", { password, publicUrl: "http://runnel.test" }, /https/],
    ["at a path of a proxy", { password, publicUrl: "https://runnel.test/app" }, /without a path/],
    ["at something that is no address", { password, publicUrl: "runnel" }, /--public-url/],
    ["on something that is no host", { host: "a b" }, /--host/],
    ["on nothing", { host: "" }, /--host/],
    [
      "with hot reload for others",
      { host: "0.0.0.0", password, publicUrl: "https://x.test", dev: true },
      /--dev/,
    ],
  ];
  test.each(refused)("%s", (_name, options, message) => {
    expect(() => planAccess({ host: "127.0.0.1", ...options })).toThrow(message);
  });

  test("with a key of another certificate", () => {
    const mixed = { cert: tls.cert, key: other.key };
    expect(() => planAccess({ host: "0.0.0.0", password, tls: mixed })).toThrow(/--tls-cert.*--tls-key/);
    const broken = { cert: "no PEM", key: tls.key };
    expect(() => planAccess({ host: "0.0.0.0", password, tls: broken })).toThrow(/PEM/);
  });
});
