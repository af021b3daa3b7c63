import type { LockedPackage } from "../../workflow/index.ts";
import type { LanguageHost } from "./host.ts";

/** Characters of all packages' files together: the language server keeps them in memory. */
const MOST_TEXT = 24_000_000;
/** A larger file is a library's compiled code. Bytes. */
const LARGEST_WHEEL = 40_000_000;

/**
 * The stubs and modules of the workflow's packages, by their path in `site-packages`: of those that the code asks for first. What can't
 * be had is left out, and its imports are of unknown type.
 */
export async function packageTypes(
  { packageFile, tools }: Pick<LanguageHost, "packageFile" | "tools">,
  packages: readonly LockedPackage[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  let left = MOST_TEXT;
  for (const entry of packages.toSorted((a, b) => b.asked.length - a.asked.length)) {
    if (left <= 0 || signal.aborted) break;
    try {
      const wheel = await packageFile(entry, signal);
      if (wheel === null || wheel.byteLength > LARGEST_WHEEL) continue;
      for (const [path, text] of Object.entries(await tools.ask("unpack", { wheel }))) {
        left -= text.length;
        if (left > 0) files[path] = text;
      }
    } catch (error) {
      if (!signal.aborted) console.warn(`The editor has no types of ${entry.name}:`, error);
    }
  }
  return files;
}

/** Two lists with the same key have the same files. */
export function packagesKey(packages: readonly LockedPackage[]): string {
  return packages.map(({ name, sha256 }) => `${name} ${sha256}`).join("\n");
}
