import { expect, test } from "vitest";
import { decodeFrame, encodeControl, encodeData } from "./frames.ts";

test("a frame is kind, channel in little endian, payload", () => {
  expect([...new Uint8Array(encodeData(0x01020304, Uint8Array.of(7, 8)))]).toEqual([1, 4, 3, 2, 1, 7, 8]);
  expect([...new Uint8Array(encodeControl(1, { op: "close" }))].slice(0, 6)).toEqual([0, 1, 0, 0, 0, 123]);
});

test("what was encoded is decoded, up to the highest channel", () => {
  expect(decodeFrame(encodeControl(0xffffffff, { op: "resolve", host: "héllo" }))).toEqual({
    kind: "control",
    channel: 0xffffffff,
    text: '{"op":"resolve","host":"héllo"}',
  });
  expect(decodeFrame(encodeData(5, new Uint8Array(0)))).toEqual({
    kind: "data",
    channel: 5,
    bytes: new Uint8Array(0),
  });
});

test.each([[[]], [[0]], [[1, 0, 0, 0]], [[3, 0, 0, 0, 0]]])("%j is no frame", (bytes) => {
  expect(decodeFrame(Uint8Array.from(bytes).buffer)).toBeNull();
});
