import type { LockedPackage } from "../../workflow/index.ts";

/**
 * The packages for pip on another machine. Without hashes: there pip may take another file of the same version, one with native
 * code where the browser has none.
 */
export function requirementsText(packages: readonly LockedPackage[]): string {
  const lines = packages
    .filter(({ filename }) => filename.endsWith(".whl"))
    .map(({ name, version, source }) =>
      source === "index" || source === "pyodide" ? `${name}==${version}` : `${name} @ ${source}`,
    );
  return `${lines.sort().join("\n")}\n`;
}
