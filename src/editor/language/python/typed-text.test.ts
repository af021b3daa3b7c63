import { expect, test } from "vitest";
import { typedText } from "./typed-text.ts";

test.each([
  ['def handler(pd: "pipedream"):\n  pass', 'def handler(pd: "pipedream"):\n  pass'],
  ["def handler(pd):\n  pass", "def handler(pd):  # type: (pipedream) -> object\n  pass"],
  ["async def handler(pd) : # note", "async def handler(pd) :  # type: (pipedream) -> object # note"],
  ["def handler(pd: 'Pipedream'):", "def handler(pd: _P         ):"],
  ["def handler(pd): return 1", "def handler(pd): return 1"],
  ["    def handler(pd):\n", "    def handler(pd):\n"],
  ["def handler(pd) -> dict:\n", "def handler(pd) -> dict:\n"],
])("%j becomes %j", (code, typed) => {
  expect(typedText(code)).toBe(typed);
});

test("nothing that is written moves", () => {
  const code = 'x = 1\ndef handler(pd: "Some.Type"):  # why\n    return pd\n';
  const typed = typedText(code);
  expect(typed.length).toBe(code.length);
  expect(typed.indexOf("return")).toBe(code.indexOf("return"));
});
