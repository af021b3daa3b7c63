import { expect, test } from "vitest";
import { exportedAt, stepsPathAt } from "./subscripts.ts";

const line = `    x = pd.steps["github"]['$return_value'].get("name", "") + steps["b"][0]["k"] + pd.inputs["slack"]["$auth"]`;
const at = (text: string) => stepsPathAt(line, line.indexOf(text) + 1)?.keys ?? null;

test("the path that is pointed at, up to there", () => {
  expect(at('"github"')).toEqual(["github"]);
  expect(at("'$return_value'")).toEqual(["github", "$return_value"]);
  expect(at('"name"')).toEqual(["github", "$return_value", "name"]);
  expect(at('"k"')).toEqual(["b", "0", "k"]);
  expect(at('"slack"')).toBeNull();
  expect(at("x =")).toBeNull();
});

const code = `import requests

def helper():
    return {"name": 1}

def handler(pd: "pipedream"):
    pd.export("response", 1)
    result = {"name": 2}
    result["late"] = 3
    if True:
        return None
    return {"stars": 5, "other": result}
`;

test.each([
  [[], "5:4-11"],
  [["response"], "6:14-24"],
  [["$return_value"], "11:4-10"],
  [["$return_value", "stars"], "11:12-19"],
  [["stars"], "11:12-19"],
  [["late"], "8:11-17"],
  [["name"], "7:14-20"],
  [["unknown"], "11:4-10"],
])("%j is exported at %s", (keys, place) => {
  const { line: row, start, end } = exportedAt(code, keys);
  expect(`${row}:${start}-${end}`).toBe(place);
});

test("code without a handler or a return is shown from its beginning", () => {
  expect(exportedAt("print(1)\n", ["k"])).toEqual({ line: 0, start: 0, end: 0 });
});
