import { expect, test } from "vitest";
import { newId } from "./id.ts";

test("ids are unlike each other and safe in URLs and file names", () => {
  const ids = Array.from({ length: 2000 }, newId);
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{16}$/);
});
