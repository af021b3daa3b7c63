// @vitest-environment node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync } from "@astral-sh/ruff-wasm-web";
import { beforeAll, expect, test } from "vitest";
import { createRuff, type Ruff } from "./ruff.ts";

let ruff: Ruff;
beforeAll(() => {
  const file = createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm");
  initSync({ module: readFileSync(file) });
  ruff = createRuff();
});

const said = (code: string) =>
  ruff
    .lint(code)
    .map(
      ({ range, code: rule, severity }) => `${range.start.line}:${range.start.character} ${rule} ${severity}`,
    );

test("what a step has without an import is defined, and pd's annotation need not be", () => {
  expect(
    said(
      'def handler(pd: "pipedream"):\n  console.log(pd.inputs["slack"]["$auth"])\n  display(pd.steps)\n  return __name__\n',
    ),
  ).toEqual([]);
});

test("undefined names are errors, unused imports faded with a fix, and no Python at all is said once", () => {
  expect(said("import os\n\ndef handler(pd):\n    return nope\n")).toEqual([
    "0:7 F401 hint",
    "3:11 F821 error",
  ]);
  const [unused] = ruff.lint("import os\nprint(1)\n");
  expect(unused?.unused).toBe(true);
  expect(unused?.fix?.edits).toEqual([
    { range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, newText: "" },
  ]);
  expect(said("def handler(pd:\n    return 1\n")).toContain("0:15 invalid-syntax error");
});

test("columns count as the editor's do", () => {
  expect(said('x = "😀😀" + nope\n')).toEqual(["0:13 F821 error"]);
});

test("formats, with the indents that the code has", () => {
  expect(ruff.format("def handler( pd ):\n  x={'a':1}\n  return x\n")).toBe(
    'def handler(pd):\n  x = {"a": 1}\n  return x\n',
  );
  expect(ruff.format("def f():\n\treturn  1\n")).toBe("def f():\n    return 1\n");
  expect(() => ruff.format("def f(:\n")).toThrow();
});
