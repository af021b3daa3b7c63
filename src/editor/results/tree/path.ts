/** A way into a JSON value: keys of objects and indexes of arrays. */
export type JsonPath = readonly (string | number)[];

/**
 * The Python expression that reads what `path` leads to: `pd.steps["x"]["$return_value"]["items"][0]`.
 * A JSON string literal is a Python string literal as well.
 */
export function pythonPath(root: string, path: JsonPath): string {
  return root + path.map((part) => `[${JSON.stringify(part)}]`).join("");
}

/** How a step reads the exports of the step called `name`. */
export function stepRoot(name: string): string {
  return pythonPath("pd.steps", [name]);
}

const inputRoots: Readonly<Record<string, string>> = {
  steps: "pd.steps",
  inputs: "pd.inputs",
  env: "os.environ",
};

/** How a step reads what the Inputs tab shows under `path`, whose first part is `steps`, `inputs` or `env`. */
export function inputPath(path: JsonPath): string {
  const [first = "", ...rest] = path;
  return pythonPath(inputRoots[String(first)] ?? String(first), rest);
}

/** Name of the step whose exports hold what the Inputs tab shows at `path`; null where it is none's. */
export function exporterOfInput([first, name]: JsonPath): string | null {
  return first === "steps" && name !== undefined ? String(name) : null;
}
