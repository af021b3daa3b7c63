// @vitest-environment happy-dom
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useGrowing } from "./use-growing.ts";

afterEach(cleanup);

const growing = (total: number) =>
  renderHook(({ rows }: { readonly rows: number }) => useGrowing(rows), { initialProps: { rows: total } });

test("a short list is drawn whole, and a row that is added to it at once", () => {
  const { result, rerender } = growing(8);
  expect(result.current).toBe(8);
  rerender({ rows: 9 });
  expect(result.current).toBe(9);
});

test("a long list begins with its first rows and ends with all, and with those added", async () => {
  const { result, rerender } = growing(45);
  expect(result.current).toBeLessThan(45);
  await waitFor(() => expect(result.current).toBe(45));
  rerender({ rows: 60 });
  expect(result.current).toBe(60);
  rerender({ rows: 2 });
  expect(result.current).toBe(2);
});
