import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTimeLimit } from "./time-limit.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("expires once after its time", () => {
  const expire = vi.fn();
  createTimeLimit(1000, expire).start();
  vi.advanceTimersByTime(999);
  expect(expire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(expire).toHaveBeenCalledOnce();
});

it("does not count before it is started or while it is held", () => {
  const expire = vi.fn();
  const limit = createTimeLimit(1000, expire);
  vi.advanceTimersByTime(5000);
  limit.start();
  vi.advanceTimersByTime(400);
  limit.hold();
  limit.hold();
  vi.advanceTimersByTime(5000);
  limit.resume();
  vi.advanceTimersByTime(5000);
  expect(expire).not.toHaveBeenCalled();
  limit.resume();
  vi.advanceTimersByTime(599);
  expect(expire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(expire).toHaveBeenCalledOnce();
});

it("never expires after it is cancelled, not even when a hold ends later", () => {
  const expire = vi.fn();
  const limit = createTimeLimit(1000, expire);
  limit.start();
  limit.hold();
  limit.cancel();
  limit.resume();
  vi.advanceTimersByTime(5000);
  expect(expire).not.toHaveBeenCalled();
});
