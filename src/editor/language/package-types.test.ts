// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { LockedPackage } from "../../workflow/index.ts";
import { packageTypes } from "./package-types.ts";
import type { Tools } from "./tools/tools.ts";

const entry = (name: string, asked: readonly string[] = []): LockedPackage => ({
  name,
  version: "1",
  filename: `${name}.whl`,
  sha256: name,
  source: "index",
  asked,
  requires: [],
});

/** Tools that unpack a wheel to as many characters as it says. */
function world(wheels: Readonly<Record<string, Blob | null>>) {
  const unpacked: { text: string; most: number }[] = [];
  const host = {
    async packageFile({ name }: LockedPackage) {
      const wheel = wheels[name];
      if (wheel === undefined) throw new Error("no gateway");
      return wheel;
    },
    tools: {
      async ask(_: string, { wheel, most, port }: { wheel: Blob; most: number; port: MessagePort }) {
        const text = await wheel.text();
        unpacked.push({ text, most });
        port.postMessage({ [`/${text}`]: text });
        return Number(text);
      },
    } as Tools,
  };
  return { host, unpacked };
}

const signal = new AbortController().signal;

test("files come through a port of each package: of what the code asks for first, as long as there is room", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { host, unpacked } = world({
    needed: new Blob(["7000000"]),
    asked: new Blob(["20000000"]),
    none: null,
    large: new Blob([new Uint8Array(40_000_001)]),
    late: new Blob(["1"]),
  });
  const packages = ["large", "none", "broken", "needed", "late"].map((name) => entry(name));
  const ports = await packageTypes(host, [...packages, entry("asked", ["a"])], signal);
  expect(unpacked).toEqual([
    { text: "20000000", most: 24_000_000 },
    { text: "7000000", most: 4_000_000 },
  ]);
  const received = ports.map(
    (port) =>
      new Promise((resolve) => {
        port.onmessage = ({ data }) => {
          port.close();
          resolve(data);
        };
      }),
  );
  expect(await Promise.all(received)).toEqual([{ "/20000000": "20000000" }, { "/7000000": "7000000" }]);
  expect(warn.mock.calls.map(([message]) => message)).toEqual(["The editor has no types of broken:"]);
  warn.mockRestore();
});

test("nothing is asked for once nobody wants it any more", async () => {
  const { host, unpacked } = world({ a: new Blob(["1"]) });
  expect(await packageTypes(host, [entry("a")], AbortSignal.abort())).toEqual([]);
  expect(unpacked).toEqual([]);
});
