// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useShownTheme, useTheme } from "./use-theme.ts";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

test("a chosen theme is shown and kept; the system's is not stored", () => {
  const { result } = renderHook(() => ({ ...useTheme(), shown: useShownTheme() }));
  expect(result.current).toMatchObject({ theme: "system" });
  act(() => result.current.setTheme("dark"));
  expect(result.current).toMatchObject({ theme: "dark", shown: "dark" });
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(localStorage.getItem("runnel.theme")).toBe("dark");
  act(() => result.current.setTheme("system"));
  expect(localStorage.length).toBe(0);
  expect(["light", "dark"]).toContain(document.documentElement.dataset.theme);
});
