import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pythonTree, SITE } from "./paths.ts";

/** The bridge's shipped files: path in the interpreter → text. Tests stay here. */
export function readPythonSources(): Record<string, string> {
  const files = readdirSync(pythonTree, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter(
      (file) => /\.(py|json)$/.test(file) && !/(^|\/)(tests|__pycache__)\/|(^|\/)test_[^/]*\.py$/.test(file),
    )
    .sort();
  return Object.fromEntries(
    files.map((file) => [`${SITE}/${file}`, readFileSync(path.join(pythonTree, file), "utf8")]),
  );
}
