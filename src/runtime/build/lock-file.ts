import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { pyodideDir } from "./paths.ts";

const lockSchema = z.looseObject({
  info: z.looseObject({ python: z.string(), abi_version: z.string() }),
  packages: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      version: z.string(),
      file_name: z.string(),
      sha256: z.string(),
      imports: z.array(z.string()).default([]),
      depends: z.array(z.string()).default([]),
    }),
  ),
});

export interface DistributionLock {
  /** The lock file that Pyodide loads with: compiled packages only. */
  readonly lock: unknown;
  /** File name → sha256 of every file in it, for the gateway's cache. */
  readonly files: Readonly<Record<string, string>>;
  /** Compiled package → the pure ones that it needs and that come from the index. */
  readonly purePackages: Readonly<Record<string, readonly string[]>>;
  /** Import name → package, for every package of Pyodide's distribution, pure ones too. */
  readonly imports: Readonly<Record<string, string>>;
  readonly micropipVersion: string;
  readonly pythonVersion: string;
}

/**
 * Pyodide's lock file cut to what only Pyodide builds: compiled packages. Pure ones come from the package index, where they are
 * newer and where an index of the person's own choice can serve them.
 */
export function readDistributionLock(): DistributionLock {
  const lock = lockSchema.parse(JSON.parse(readFileSync(path.join(pyodideDir, "pyodide-lock.json"), "utf8")));
  const isPure = (name: string) => lock.packages[name]?.file_name.endsWith("none-any.whl") ?? false;
  const packages: typeof lock.packages = {};
  const purePackages: Record<string, string[]> = {};
  const imports: Record<string, string> = {};
  for (const [key, entry] of Object.entries(lock.packages)) {
    if (key.endsWith("-tests")) continue;
    for (const name of entry.imports) imports[name] ??= entry.name;
    if (isPure(key)) continue;
    const pure = [...new Set(pureDependencies(key))];
    if (pure.length > 0) purePackages[entry.name] = pure;
    packages[key] = { ...entry, depends: entry.depends.filter((name) => !isPure(name)) };
  }
  const micropip = lock.packages.micropip;
  if (!micropip) throw new Error("Pyodide's lock file names no micropip: has its layout changed?");
  return {
    lock: { ...lock, packages },
    files: Object.fromEntries(Object.values(packages).map((entry) => [entry.file_name, entry.sha256])),
    purePackages,
    imports,
    micropipVersion: micropip.version,
    pythonVersion: lock.info.python,
  };

  /** Pure packages below `key`, through pure and compiled ones alike. */
  function pureDependencies(key: string, seen = new Set<string>()): string[] {
    return (lock.packages[key]?.depends ?? []).flatMap((name) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const below = pureDependencies(name, seen);
      return isPure(name) ? [lock.packages[name]?.name ?? name, ...below] : below;
    });
  }
}
