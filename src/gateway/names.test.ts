// @vitest-environment node
import { describe, expect, test } from "vitest";
import { createLookUp } from "./names.ts";

const plain = () => createLookUp({ lookups: 4 });

describe("looking up", () => {
  test("an address in any form gives the address", async () => {
    expect(await plain()("0x7f.1")).toEqual({ addresses: ["127.0.0.1"], given: false, port: null });
    expect((await plain()("[::1]")).addresses).toEqual(["::1"]);
  });

  test("localhost gives the loopback address, IPv4 first", async () => {
    expect((await plain()("LocalHost.")).addresses[0]).toBe("127.0.0.1");
  });

  test("a name that can't exist is ENOTFOUND", async () => {
    await expect(plain()("nothing.invalid")).rejects.toMatchObject({
      code: expect.stringMatching(/^E(NOTFOUND|AI_AGAIN)$/),
    });
  });

  test.each(["", " ", "a b", "host/path", "user@host", "a".repeat(300), "x\0y", "a?b", "a#b"])(
    "%j is no host",
    async (host) => {
      await expect(plain()(host)).rejects.toMatchObject({ code: "EINVAL" });
    },
  );
});

describe("the given resolver", () => {
  test("is asked first, and may give a port", async () => {
    const answers: Record<string, string> = {
      "a.test": "127.0.0.1",
      "b.test": "127.0.0.1:8443",
      "c.test": "[::1]:99",
    };
    const lookUp = createLookUp({ resolve: async (host) => answers[host] ?? null, lookups: 4 });
    expect(await lookUp("a.test")).toEqual({ addresses: ["127.0.0.1"], given: true, port: null });
    expect(await lookUp("b.test")).toEqual({ addresses: ["127.0.0.1"], given: true, port: 8443 });
    expect(await lookUp("c.test")).toEqual({ addresses: ["::1"], given: true, port: 99 });
    expect((await lookUp("localhost")).given).toBe(false);
  });

  test("can't make an address public that was written as an address", async () => {
    const lookUp = createLookUp({ resolve: async () => "1.1.1.1", lookups: 4 });
    expect(await lookUp("10.0.0.1")).toEqual({ addresses: ["10.0.0.1"], given: false, port: null });
  });
});

test("an answer is kept, so a name can't change between being judged and being connected to", async () => {
  let asked = 0;
  const lookUp = createLookUp({ resolve: async () => `127.0.0.${++asked}`, lookups: 4 });
  const first = await lookUp("rebind.test");
  expect(await lookUp("REBIND.test.")).toEqual(first);
  expect(asked).toBe(1);
});

test("a failed look-up is not kept", async () => {
  let asked = 0;
  const lookUp = createLookUp({
    resolve: async () => {
      asked += 1;
      if (asked === 1) throw new Error("no");
      return "127.0.0.1";
    },
    lookups: 4,
  });
  await expect(lookUp("a.test")).rejects.toThrow("no");
  expect((await lookUp("a.test")).addresses).toEqual(["127.0.0.1"]);
});

test("more look-ups at a time than allowed are refused, equal ones count once", async () => {
  let answer: (address: string) => void = () => undefined;
  const pending = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const lookUp = createLookUp({ resolve: () => pending, lookups: 2 });
  const allowed = [lookUp("a.test"), lookUp("a.test"), lookUp("b.test")];
  await expect(lookUp("c.test")).rejects.toMatchObject({ code: "EAI_AGAIN" });
  answer("127.0.0.1");
  await Promise.all(allowed);
  expect((await lookUp("c.test")).addresses).toEqual(["127.0.0.1"]);
});
