import { expect, test } from "vitest";
import { placeIn } from "./place-in.ts";

const put = (code: string) => {
  const { start, end, text } = placeIn(code, "X");
  return code.slice(0, start) + text + code.slice(end);
};

test.each([
  [
    'import a\n\ndef handler(pd: "pipedream"):\n    return 1\n',
    'import a\n\ndef handler(pd: "pipedream"):\n    X\n    return 1\n',
  ],
  ["async def handler(pd):  # entry\n    pass", "async def handler(pd):  # entry\n    X\n    pass"],
  ["def handlers(pd):\n    pass\n", "def handlers(pd):\n    pass\nX"],
  ["x = 1", "x = 1\nX"],
  ["", "X"],
])("%j", (code, expected) => {
  expect(put(code)).toBe(expected);
});
