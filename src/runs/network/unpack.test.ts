import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpack } from "./unpack.ts";

const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${(index * 7919) % 65537}`).join(
  "\n",
);
const bytesOf = (buffer: Uint8Array) => new Uint8Array(buffer);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("unpack", () => {
  test.each([
    ["gzip", gzipSync],
    ["deflate with zlib's header", deflateSync],
    ["deflate without", deflateRawSync],
  ])("%s, whole and cut off anywhere", async (_name, pack) => {
    const short = text.slice(0, 5000);
    const packed = bytesOf(pack(short));
    const whole = await unpack(packed, true);
    expect(whole.isCut).toBe(false);
    expect(decode(whole.bytes)).toBe(short);
    for (const part of [0.3, 0.6, 0.95]) {
      const { bytes, isCut } = await unpack(packed.slice(0, packed.length * part), false);
      expect(isCut).toBe(true);
      expect(bytes.length).toBeGreaterThan(packed.length * part - 100);
      expect(short.startsWith(decode(bytes))).toBe(true);
    }
  });

  test("of what is long the first 64 KiB", async () => {
    const { bytes, isCut } = await unpack(bytesOf(gzipSync(text)), true);
    expect([bytes.length, isCut]).toEqual([64 * 1024, true]);
    expect(text.startsWith(decode(bytes))).toBe(true);
  });

  test("a bomb is not let off", async () => {
    const bomb = bytesOf(gzipSync(new Uint8Array(60_000_000)));
    expect((await unpack(bomb, true)).bytes.length).toBe(64 * 1024);
  });

  test("several members of gzip are one text", async () => {
    const packed = bytesOf(Buffer.concat([gzipSync("one "), gzipSync("two")]));
    expect(decode((await unpack(packed, true)).bytes)).toBe("one two");
  });

  test("what is neither is refused", async () => {
    await expect(unpack(new TextEncoder().encode("just a sentence of text"), true)).rejects.toThrow();
  });
});
