// @vitest-environment node
import { expect, test } from "vitest";
import { createAttempts } from "./attempts.ts";

function world() {
  let time = 1_000_000;
  return { attempts: createAttempts(() => time), pass: (ms: number) => (time += ms) };
}

test("an address waits longer with each wrong password, up to a quarter of an hour", () => {
  const { attempts, pass } = world();
  const waits: number[] = [];
  for (let count = 0; count < 18; count += 1) {
    waits.push(attempts.wait("203.0.113.9"));
    pass(attempts.wait("203.0.113.9"));
    attempts.failed("203.0.113.9");
  }
  expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 1000, 2000, 4000, 8000]);
  expect(waits.at(-1)).toBe(15 * 60_000);
});

test("others don't wait for it, and the right password ends its wait", () => {
  const { attempts } = world();
  for (let count = 0; count < 8; count += 1) attempts.failed("203.0.113.9");
  expect(attempts.wait("203.0.113.9")).toBeGreaterThan(0);
  expect(attempts.wait("203.0.113.10")).toBe(0);
  attempts.succeeded("203.0.113.9");
  expect(attempts.wait("203.0.113.9")).toBe(0);
});

test("after an hour of quiet an address starts anew", () => {
  const { attempts, pass } = world();
  for (let count = 0; count < 12; count += 1) attempts.failed("203.0.113.9");
  pass(60 * 60_000 + 1);
  attempts.failed("203.0.113.9");
  expect(attempts.wait("203.0.113.9")).toBe(0);
});

test("one IPv6 network, and an address in another form, count as one", () => {
  const { attempts } = world();
  for (let count = 0; count < 6; count += 1) attempts.failed(`2001:db8:1:2::${count + 1}`);
  expect(attempts.wait("2001:db8:1:2:ffff::9")).toBeGreaterThan(0);
  expect(attempts.wait("2001:db8:1:3::1")).toBe(0);
  for (let count = 0; count < 6; count += 1) attempts.failed("::ffff:203.0.113.9");
  expect(attempts.wait("203.0.113.9")).toBeGreaterThan(0);
});

test("many addresses together wait, too, and get one try a second then", () => {
  const { attempts, pass } = world();
  for (let count = 0; count < 60; count += 1) {
    expect(attempts.wait(`198.51.100.${count}`)).toBe(0);
    attempts.failed(`198.51.100.${count}`);
  }
  expect(attempts.wait("198.51.100.200")).toBe(1000);
  pass(1000);
  expect(attempts.wait("198.51.100.200")).toBe(0);
  attempts.failed("198.51.100.200");
  expect(attempts.wait("198.51.100.201")).toBe(1000);
});
