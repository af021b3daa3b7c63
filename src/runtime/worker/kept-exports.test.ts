import { expect, test } from "vitest";
import { createKeptExports } from "./kept-exports.ts";

const bytes = (length: number) => new Uint8Array(length);

test("what is kept is given again, what was sent is given as it is", () => {
  const kept = createKeptExports(10);
  const first = bytes(4);
  expect(kept.keep(1, first)).toBe(true);
  expect(kept.resolve({ name: "a", kept: 1 })).toBe(first);
  expect([...kept.resolve({ name: "b", bytes: Uint8Array.of(1, 2).buffer })]).toEqual([1, 2]);
  expect(() => kept.resolve({ name: "c", kept: 2 })).toThrow("The exports of c are not kept.");
});

test("nothing is kept beyond the limit, nor after the run", () => {
  const kept = createKeptExports(10);
  expect(kept.keep(1, bytes(6))).toBe(true);
  expect(kept.keep(2, bytes(6))).toBe(false);
  expect(kept.keep(1, bytes(3))).toBe(true);
  expect(kept.keep(2, bytes(6))).toBe(true);
  kept.clear();
  expect(() => kept.resolve({ name: "a", kept: 1 })).toThrow();
  expect(kept.keep(3, bytes(10))).toBe(true);
});
