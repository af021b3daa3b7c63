// @vitest-environment node
import { describe, expect, test } from "vitest";
import { createLookUp } from "./names.ts";
import { createPolicy } from "./policy.ts";

const gatewayPort = 7411;

/** A policy in a world where every name is at `addresses`. */
function policyAt(addresses: readonly string[], given = false, remote = false) {
  return createPolicy({
    remote,
    lookUp: async () => ({ addresses, given, port: null }),
    ownPort: () => gatewayPort,
    ownAddresses: () => ["127.0.0.1", "::1", "192.168.1.50", "2606:4700::50", "fe80::50%eth0"],
  });
}

/** The verdict in a word: where it goes, what is asked, or the error's code. */
async function verdict(addresses: readonly string[], port = 80): Promise<string> {
  return policyAt(addresses)
    .judge("host.test", port)
    .then(
      (judgement) =>
        judgement.kind === "go"
          ? `go ${judgement.route.addresses.join(" ")}`
          : `ask ${judgement.range} ${judgement.address}`,
      (error: { code: string }) => error.code,
    );
}

describe("a name", () => {
  test("at a public address may be reached, at that address only", async () => {
    expect(await verdict(["1.1.1.1"])).toBe("go 1.1.1.1");
    expect(await verdict(["1.1.1.1", "2606:4700::1"])).toBe("go 1.1.1.1 2606:4700::1");
  });

  test("at a private or loopback address needs the person's word", async () => {
    expect(await verdict(["10.1.2.3"])).toBe("ask private 10.1.2.3");
    expect(await verdict(["127.0.0.1"])).toBe("ask loopback 127.0.0.1");
    expect(await verdict(["::ffff:127.0.0.1"])).toBe("ask loopback ::ffff:127.0.0.1");
  });

  test("at public and private addresses at once is treated as the strictest of them", async () => {
    expect(await verdict(["1.1.1.1", "10.1.2.3"])).toBe("ask private 10.1.2.3");
    expect(await verdict(["1.1.1.1", "127.0.0.1", "10.1.2.3"])).toBe("ask loopback 127.0.0.1");
  });

  test("at a forbidden address is refused, and where it has others only they are used", async () => {
    expect(await verdict(["169.254.169.254"])).toBe("EACCES");
    expect(await verdict(["169.254.169.254", "1.1.1.1"])).toBe("go 1.1.1.1");
    expect(await verdict(["fe80::1%eth0", "192.168.1.9"])).toBe("ask private 192.168.1.9");
  });

  test("given by the test's resolver is reached wherever it points", async () => {
    const judgement = await policyAt(["127.0.0.1"], true).judge("host.test", 443);
    expect(judgement).toEqual({
      kind: "go",
      route: { host: "host.test", addresses: ["127.0.0.1"], port: 443 },
    });
  });
});

describe("the gateway itself is never reached", () => {
  test.each([
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "0.0.0.0",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:0.0.0.0",
    "64:ff9b::7f00:1",
    "192.168.1.50",
    "::ffff:192.168.1.50",
    "64:ff9b::c0a8:132",
    "2606:4700::50",
    "fe80::50",
  ])("at %s", async (address) => {
    expect(await verdict([address], gatewayPort)).toBe("EACCES");
    await expect(policyAt([address], true).judge("host.test", gatewayPort)).rejects.toMatchObject({
      code: "EACCES",
    });
    await expect(policyAt([address]).judgeConfigured("host.test", gatewayPort)).rejects.toMatchObject({
      code: "EACCES",
    });
  });

  test("but its port elsewhere, and other ports of this machine, are like any other", async () => {
    expect(await verdict(["1.1.1.1"], gatewayPort)).toBe("go 1.1.1.1");
    expect(await verdict(["127.0.0.1"], gatewayPort + 1)).toBe("ask loopback 127.0.0.1");
  });

  test("nor through a resolver that gives another port", async () => {
    const lookUp = createLookUp({ resolve: async () => `127.0.0.1:${gatewayPort}`, lookups: 4 });
    const policy = createPolicy({ lookUp, ownPort: () => gatewayPort });
    await expect(policy.judge("slack.test", 443)).rejects.toMatchObject({ code: "EACCES" });
  });
});

describe("a configured host", () => {
  test("may be in any range", async () => {
    for (const address of ["203.0.113.80", "10.0.0.1", "127.0.0.1"]) {
      const route = await policyAt([address]).judgeConfigured("index.test", 443);
      expect(route.addresses).toEqual([address]);
    }
  });

  test("but not on the link or at a metadata service", async () => {
    for (const address of ["169.254.169.254", "fe80::1%eth0", "100.100.100.200"]) {
      await expect(policyAt([address]).judgeConfigured("index.test", 443)).rejects.toMatchObject({
        code: "EACCES",
      });
    }
  });
});

describe("where other machines can reach the gateway", () => {
  const inner = [
    "10.0.0.1",
    "127.0.0.1",
    "192.168.1.9",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "100.64.0.1",
  ];
  test.each(inner)("%s is refused, with the reason, and not even looked up", async (address) => {
    const policy = policyAt([address], false, true);
    const refused = { code: "EACCES", message: expect.stringMatching(/inner\.test is at .*other machines/) };
    await expect(policy.judge("inner.test", 80)).rejects.toMatchObject(refused);
    await expect(policy.resolve("inner.test")).rejects.toMatchObject(refused);
  });

  test("also where the name has a public address besides", async () => {
    const policy = policyAt(["1.1.1.1", "10.0.0.1"], false, true);
    await expect(policy.judge("inner.test", 80)).rejects.toMatchObject({ code: "EACCES" });
    await expect(policy.resolve("inner.test")).rejects.toMatchObject({ code: "EACCES" });
  });

  test("public addresses and the configured index are reached as ever", async () => {
    const policy = policyAt(["1.1.1.1"], false, true);
    expect(await policy.judge("public.test", 80)).toMatchObject({ kind: "go" });
    expect(await policy.resolve("public.test")).toBe("1.1.1.1");
    const index = policyAt(["10.0.0.1"], false, true);
    expect(await index.judgeConfigured("index.test", 443)).toMatchObject({ addresses: ["10.0.0.1"] });
  });
});

test("a configured host leads to private addresses only where it is at one itself", async () => {
  const where: Readonly<Record<string, string>> = { "public.test": "1.1.1.1", "inner.test": "10.0.0.1" };
  const lookUp = async (host: string) => ({ addresses: [where[host] ?? ""], given: false, port: null });
  const policy = createPolicy({ lookUp, ownPort: () => gatewayPort });
  await expect(policy.judgeConfigured("inner.test", 443, "public.test")).rejects.toMatchObject({
    code: "EACCES",
    message: expect.stringContaining("public.test leads to inner.test"),
  });
  expect(await policy.judgeConfigured("inner.test", 443, "inner.test")).toMatchObject({ port: 443 });
  expect(await policy.judgeConfigured("public.test", 443, "inner.test")).toMatchObject({ port: 443 });
});

test("a refusal says where the host is", async () => {
  await expect(policyAt(["169.254.169.254"]).judge("evil.test", 80)).rejects.toThrow(
    /evil\.test is at 169\.254\.169\.254/,
  );
});
