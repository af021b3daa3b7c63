import type { LockedPackage } from "../../workflow/index.ts";
import type { LanguageHost } from "./host.ts";

/** Characters of all packages' files together: the language server keeps them in memory. */
const MOST_TEXT = 24_000_000;
/** A larger file is a library's compiled code. Bytes. */
const LARGEST_WHEEL = 40_000_000;

/**
 * The stubs and modules of the workflow's packages: of those that the code asks for first. What can't be had is left out, and its
 * imports are of unknown type. They are megabytes, so they go from the worker that unpacks them to the language server's without
 * passing through the page: a port for each package, with one message in it, the text of each file by its path at the server.
 */
export async function packageTypes(
  { packageFile, tools }: Pick<LanguageHost, "packageFile" | "tools">,
  packages: readonly LockedPackage[],
  signal: AbortSignal,
): Promise<readonly MessagePort[]> {
  const ports: MessagePort[] = [];
  let left = MOST_TEXT;
  for (const entry of packages.toSorted((a, b) => b.asked.length - a.asked.length)) {
    if (left <= 0 || signal.aborted) break;
    try {
      const wheel = await packageFile(entry, signal);
      if (wheel === null || wheel.size > LARGEST_WHEEL) continue;
      const { port1, port2 } = new MessageChannel();
      left -= await tools.ask("unpack", { wheel, most: left, port: port1 });
      ports.push(port2);
    } catch (error) {
      if (!signal.aborted) console.warn(`The editor has no types of ${entry.name}:`, error);
    }
  }
  return ports;
}

/** Two lists with the same key have the same files. */
export function packagesKey(packages: readonly LockedPackage[]): string {
  return packages.map(({ name, sha256 }) => `${name} ${sha256}`).join("\n");
}
