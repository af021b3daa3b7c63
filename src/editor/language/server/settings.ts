import { besideEachStep } from "../stubs/known-types.ts";

/** Folder of the steps in the server's file system, which is in its memory only. */
const FOLDER = "/steps";
/** The interpreter's own place for packages, as far as the server looks for it. */
const SITE_PACKAGES = "/python/lib/python3.14/site-packages";

/** How many steps can be open at once: each has a folder of its own, since each sees another `pd`. */
export const MOST_OPEN = 24;

/**
 * The rules that are on; `read-diagnostics.ts` says what of their findings is shown. Calm: all others report code that works, to a
 * person who never wrote a type. What isn't installed yet, a run installs. What is undefined, unused or no Python at all, Ruff says.
 */
const rules = [
  "reportGeneralTypeIssues",
  "reportAttributeAccessIssue",
  "reportCallIssue",
  "reportIndexIssue",
  "reportOperatorIssue",
  "reportUnboundVariable",
  "reportUnusedCoroutine",
];

const configuration = {
  typeshedPath: "/typeshed",
  venvPath: "/",
  venv: "python",
  pythonVersion: "3.14",
  pythonPlatform: "Linux",
  typeCheckingMode: "off",
  useLibraryCodeForTypes: true,
  ...Object.fromEntries(rules.map((rule) => [rule, "warning"])),
};

/** The files that the server starts with, besides those of packages: its settings, a folder for each step that can be open. */
export function filesAtStart(): Record<string, string> {
  const files: Record<string, string> = {
    [`${FOLDER}/pyrightconfig.json`]: JSON.stringify(configuration),
  };
  for (let slot = 0; slot < MOST_OPEN; slot++)
    for (const [name, text] of Object.entries(besideEachStep)) files[`${FOLDER}/s${slot}/${name}`] = text;
  return files;
}

/** Where a file of a package is at the server. */
export function inSitePackages(path: string): string {
  return `${SITE_PACKAGES}/${path}`;
}

export const rootUri = `file://${FOLDER}`;

/** Address of a step's code, or of the stub beside it. */
export function uriOf(slot: number, file: "step.py" | "runnel_step.pyi"): string {
  return `${rootUri}/s${slot}/${file}`;
}

/** The slot of a step's code; null for any other file. */
export function slotOf(uri: string): number | null {
  const found = new RegExp(`^${rootUri}/s(\\d+)/step\\.py$`).exec(uri);
  return found === null ? null : Number(found[1]);
}
