import * as z from "zod";

/**
 * One package as a workflow has it: what a run next month installs again. Names are in the one form that all their spellings
 * share (PEP 503).
 */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The wheel; of Pyodide's distribution also a zip of a library. */
  readonly filename: string;
  /** `pyodide`: its own distribution; else the package index, or the address that a step names. */
  readonly source: "index" | "pyodide" | `http${string}`;
  /** What in the steps' code leads to it: the name of an import, or a requirement as written. Empty: only others need it. */
  readonly asked: readonly string[];
  /** Names of the packages that it needs. */
  readonly requires: readonly string[];
}

const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,200}[a-z0-9])?$/, "not the name of a package");
const source: z.ZodType<LockedPackage["source"]> = z.union([
  z.literal(["index", "pyodide"]),
  z.templateLiteral(["http", z.string()]).refine((text) => /^https?:\/\//.test(text), "not an address"),
]);

const lockedPackageSchema: z.ZodType<LockedPackage> = z.object({
  name,
  version: z.string().regex(/^[\w.!+-]{1,100}$/, "not a version"),
  sha256: z.string().regex(/^[\da-f]{64}$/, "not a sha256"),
  filename: z.string().regex(/^[\w.!+-]{1,300}\.(whl|zip|tar)$/, "not the name of a package's file"),
  source,
  asked: z.array(z.string().max(300)).max(1000),
  requires: z.array(name).max(1000),
});

/** A workflow's packages, each once. For stored and imported documents, and for what the sandbox reports. */
export const lockedPackagesSchema: z.ZodType<readonly LockedPackage[]> = z
  .array(lockedPackageSchema)
  .max(2000)
  .refine(
    (packages) => new Set(packages.map((entry) => entry.name)).size === packages.length,
    "a package is there twice",
  );
