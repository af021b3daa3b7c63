import { expect, test } from "vitest";
import { createPreferences } from "./preferences.ts";

function storageWith(text: string | null) {
  let value = text;
  return {
    getItem: () => value,
    setItem: (_key: string, next: string) => {
      value = next;
    },
  };
}

test("the app chosen last comes first, each once, also after a reload", () => {
  const storage = storageWith(null);
  const preferences = createPreferences(() => storage);
  for (const slug of ["a", "b", "a", ...Array.from({ length: 12 }, (_, index) => `x${index}`), "b"])
    preferences.noteApp(slug);
  expect(preferences.recentApps().slice(0, 2)).toEqual(["b", "x11"]);
  expect(preferences.recentApps()).toHaveLength(12);
  expect(createPreferences(() => storage).recentApps()).toEqual(preferences.recentApps());
});

test.each(["not JSON", '{"a": 1}', '[1, null, "slack"]'])("what is stored may be anything: %s", (text) => {
  const preferences = createPreferences(() => storageWith(text));
  expect(preferences.recentApps().every((slug) => slug === "slack")).toBe(true);
});

test("without storage the list lasts as long as the page", () => {
  const preferences = createPreferences(() => {
    throw new Error("blocked");
  });
  preferences.noteApp("slack");
  expect(preferences.recentApps()).toEqual(["slack"]);
});
