import { describe, expect, test } from "vitest";
import { rewriteReferences } from "./references.ts";

const rename = (code: string) => rewriteReferences(code, "old", "brand_new");

describe("rewrites a lookup", () => {
  test.each([
    ['pd.steps["old"]["$return_value"]', 'pd.steps["brand_new"]["$return_value"]'],
    ["pd.steps['old'].get('x')", "pd.steps['brand_new'].get('x')"],
    ['pd.steps.get("old", {})', 'pd.steps.get("brand_new", {})'],
    ["pd.steps.get( 'old' )", "pd.steps.get( 'brand_new' )"],
    ['pd . steps [ "old" ]', 'pd . steps [ "brand_new" ]'],
    ['pd.steps[\n    "old"\n]', 'pd.steps[\n    "brand_new"\n]'],
    ['if "old" in pd.steps:', 'if "brand_new" in pd.steps:'],
    ["if 'old' not in pd.steps and x:", "if 'brand_new' not in pd.steps and x:"],
    ['self.pd.steps["old"]', 'self.pd.steps["brand_new"]'],
    ['a(pd.steps["old"], pd.steps["old"])', 'a(pd.steps["brand_new"], pd.steps["brand_new"])'],
    ['pd.steps["a"][pd.steps["old"]["k"]]', 'pd.steps["a"][pd.steps["brand_new"]["k"]]'],
    ['# see pd.steps["old"]', '# see pd.steps["brand_new"]'],
    ["f\"{pd.steps['old']['name']:>10}\"", "f\"{pd.steps['brand_new']['name']:>10}\""],
    ['f"{pd.steps["old"]}" + "x"', 'f"{pd.steps["brand_new"]}" + "x"'],
    ["rf'''{\npd.steps['old']\n}'''", "rf'''{\npd.steps['brand_new']\n}'''"],
    ['"it\'s"; x = pd.steps["old"]', '"it\'s"; x = pd.steps["brand_new"]'],
    ["'\\'' + pd.steps['old']", "'\\'' + pd.steps['brand_new']"],
    ['"""doc""" + pd.steps["old"]', '"""doc""" + pd.steps["brand_new"]'],
    ['f"{x:{pd.steps["old"]}}"', 'f"{x:{pd.steps["brand_new"]}}"'],
    ['f"{{" + pd.steps["old"] + "}}"', 'f"{{" + pd.steps["brand_new"] + "}}"'],
    ['s = \'never closed\nx = pd.steps["old"]', 's = \'never closed\nx = pd.steps["brand_new"]'],
    ["x = f'never {closed\nx = pd.steps['old']", "x = f'never {closed\nx = pd.steps['brand_new']"],
  ])("%s", (before, after) => expect(rename(before)).toBe(after));
});

describe("leaves alone", () => {
  test.each([
    'other["old"]',
    'print("old")',
    'mypd.steps["old"]',
    'épd.steps["old"]',
    'pd.steps_of["old"]',
    'pd.steps["older"]',
    'pd.steps["old_2"]',
    'pd.steps["Old"]',
    "pd.steps[old]",
    'pd.steps["old" + x]',
    'pd.steps["""old"""]',
    "pd.steps[\"old']",
    'pd.inputs["old"]["$auth"]',
    'steps["old"]',
    '"old" in pd.steps["other"]',
    '"old" in pd.steps_of',
    'pd.steps.get("old"',
    "help = 'write pd.steps[\"old\"] here'",
    '"""\nReads pd.steps[\'old\'].\n"""',
    "f'{x(\"pd.steps[1] is not pd.steps.get(0)\")}' 'pd.steps[\"old\"]'",
    "b'pd.steps[\"old\"]'",
    "r'\\\\' + ' pd.steps[\"old\"] '",
  ])("%s", (code) => expect(rename(code)).toBe(code));
});

describe("the older form", () => {
  test.each([
    "from pipedream.script_helpers import (steps, export)",
    "from pipedream.script_helpers import steps",
    "try:\n    from pipedream.script_helpers import steps\nexcept ImportError: pass",
  ])("%s", (head) => {
    expect(rename(`${head}\nprint(steps["old"], steps.get('old', 1), "old" in steps)`)).toBe(
      `${head}\nprint(steps["brand_new"], steps.get('brand_new', 1), "brand_new" in steps)`,
    );
  });

  test("by the module's name", () => {
    const head = "from pipedream import script_helpers\n";
    expect(rename(`${head}script_helpers.steps["old"]`)).toBe(`${head}script_helpers.steps["brand_new"]`);
  });

  test("not what merely ends in steps", () => {
    const code =
      'from pipedream.script_helpers import steps\nx.steps["old"]\nmysteps["old"]\nplan.steps.get("old")';
    expect(rename(code)).toBe(code);
  });
});

test("everything but the name stays, to the letter", () => {
  const code = 'def handler(pd):\r\n\tx = pd.steps["old"]  # "old"\r\n\treturn x\r\n\r\n';
  expect(rename(code)).toBe(code.replace('pd.steps["old"]', 'pd.steps["brand_new"]'));
});
