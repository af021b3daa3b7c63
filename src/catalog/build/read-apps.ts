import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { appFileSchema } from "../schema.ts";
import { foldText } from "../search/fold.ts";
import type { AppFile } from "../types.ts";
import { hasIcon } from "./icons.ts";

/**
 * Reads and validates every `<slug>.json` of a folder.
 * @returns the apps, sorted by slug
 * @throws Error that lists every problem with its file and path
 */
export function readApps(folder: string): AppFile[] {
  const problems: string[] = [];
  const apps: AppFile[] = [];
  for (const file of appFilesIn(folder)) {
    const say = (text: string) => problems.push(`${join(folder, file)}: ${text}`);
    const app = parseApp(readFileSync(join(folder, file), "utf8"), say);
    if (app === null) continue;
    if (app.slug !== basename(file, ".json"))
      say(`slug: is "${app.slug}", but the file's name says otherwise`);
    if (app.icon !== undefined && !hasIcon(app.icon)) say(`icon: simple-icons has none named "${app.icon}"`);
    apps.push(app);
  }
  for (const { slug, problem } of clashesOf(apps))
    problems.push(`${join(folder, `${slug}.json`)}: ${problem}`);
  if (problems.length > 0) throw new Error(`The app catalogue has problems:\n${problems.join("\n")}`);
  return apps;
}

/** The names of a folder's app files. */
export function appFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort();
}

function parseApp(text: string, say: (problem: string) => void): AppFile | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    say(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  const result = appFileSchema.safeParse(raw);
  if (result.success) return result.data;
  for (const issue of result.error.issues) say(`${issue.path.join(".") || "(top)"}: ${issue.message}`);
  return null;
}

/** Two apps that answer to one name can't be told apart in the list; an alias must not hide another app. */
function clashesOf(apps: readonly AppFile[]): { slug: string; problem: string }[] {
  const clashes: { slug: string; problem: string }[] = [];
  const owners = new Map<string, string>();
  for (const { slug, name } of apps) {
    const owner = owners.get(foldText(name));
    if (owner !== undefined) clashes.push({ slug, problem: `name: "${name}" is the name of ${owner} too` });
    owners.set(foldText(name), slug);
  }
  // A slug may read like another app's name (`airtable`, of the older of two): only aliases must keep clear of it.
  for (const { slug } of apps) if (!owners.has(foldText(slug))) owners.set(foldText(slug), slug);
  for (const { slug, aliases } of apps) {
    for (const alias of aliases) {
      const owner = owners.get(foldText(alias));
      if (owner === slug) clashes.push({ slug, problem: `aliases: "${alias}" is its own name already` });
      else if (owner !== undefined) {
        clashes.push({ slug, problem: `aliases: "${alias}" is the name of ${owner}` });
      }
    }
  }
  return clashes;
}
