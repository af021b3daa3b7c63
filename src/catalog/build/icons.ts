import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** True if simple-icons has an icon of this name (its slug: `googlesheets`). */
export function hasIcon(name: string): boolean {
  const file = iconFile(name);
  return file !== null && existsSync(file);
}

/** The icon's SVG path data, on a 24×24 grid. Only what is asked for is read, so only that is bundled. */
export function iconPath(name: string): string {
  const file = iconFile(name);
  const path = file === null ? null : / d="([^"]+)"/.exec(readFileSync(file, "utf8"));
  if (path?.[1] === undefined) throw new Error(`simple-icons has no icon named "${name}"`);
  return path[1];
}

function iconFile(name: string): string | null {
  if (!/^[a-z0-9]+$/.test(name)) return null;
  try {
    return require.resolve(`simple-icons/icons/${name}.svg`);
  } catch {
    return null;
  }
}
