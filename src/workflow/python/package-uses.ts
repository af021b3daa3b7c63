import type { LockedPackage } from "../../lib/locked-package.ts";
import type { Workflow } from "../types.ts";

/** Who needs a package: names of steps whose code asks for it, and names of packages. Both empty: nobody any more. */
export interface PackageUses {
  readonly steps: readonly string[];
  readonly packages: readonly string[];
}

/** Who needs one of the workflow's packages, as its code stands now. */
export function usesOf(workflow: Workflow, entry: LockedPackage): PackageUses {
  return {
    steps: workflow.steps
      .filter((step) => entry.asked.some((asked) => asksFor(step.code, asked)))
      .map((step) => step.name),
    packages: workflow.packages
      .filter((other) => other.name !== entry.name && other.requires.includes(entry.name))
      .map((other) => other.name),
  };
}

/** `asked`: a module's name, or a requirement as it stands in a comment. */
function asksFor(code: string, asked: string): boolean {
  return code.split("\n").some((line) => {
    const text = line.trim();
    if (text.startsWith("#")) return text.includes(asked) && /add-package|["']/.test(text);
    return modulesIn(text).some((module) => module === asked || module.startsWith(`${asked}.`));
  });
}

/** Dotted names that a line imports, or loads by name; `from a import b` counts as `a` and `a.b`. */
function modulesIn(line: string): string[] {
  const from = /^from\s+([\w.]+)\s+import\s+(.*)$/.exec(line);
  if (from?.[1] !== undefined) {
    const parent = from[1];
    return [parent, ...namesIn(from[2] ?? "").map((name) => `${parent}.${name}`)];
  }
  const plain = /^import\s+(.*)$/.exec(line);
  if (plain) return namesIn(plain[1] ?? "");
  const loaded = /(?:import_module|__import__)\(\s*["']([\w.]+)["']/.exec(line);
  return loaded?.[1] === undefined ? [] : [loaded[1]];
}

function namesIn(list: string): string[] {
  return list
    .replace(/#.*$/, "")
    .split(/[,()]/)
    .map((item) => item.trim().split(/\s+/)[0] ?? "")
    .filter((name) => name !== "");
}
