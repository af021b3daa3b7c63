/** What came of the trials, kept by group until the table is made. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Trial, trials } from "./packages.ts";

export interface Works {
  readonly version: string;
  readonly seconds: number;
  readonly result: string;
}
export type Outcome = Works | { readonly why: string };
export interface Row {
  readonly trial: Trial;
  readonly outcome: Outcome;
}

const folder = path.resolve(import.meta.dirname, "../../.cache/packages-table");

export function outcomesFile(group: string): URL {
  return pathToFileURL(path.join(folder, `${group.replaceAll(/\W+/g, "-").toLowerCase()}.json`));
}

/** The table in Markdown. Throws where a group has not been tried yet. */
export async function table(): Promise<string> {
  const groups: (readonly [string, readonly Row[]])[] = [];
  for (const group of Object.keys(trials)) {
    groups.push([group, JSON.parse(await readFile(outcomesFile(group), "utf8")) as Row[]]);
  }
  const rows = groups.flatMap(([, list]) => list);
  const works = rows.filter(({ outcome }) => "version" in outcome).length;
  const lines = [
    "# Packages",
    "",
    "Made by `npm run packages-table`: each package is installed from the package index by the product's own installer, imported and",
    `called once, in a real browser. Of ${rows.length} packages ${works} worked on the machine that made this table. *Import* is the time`,
    "of the import itself, without the installation.",
  ];
  for (const [group, list] of groups) {
    lines.push(
      "",
      `## ${group}`,
      "",
      "| package | version | import | called | works |",
      "|---|---|---|---|---|",
    );
    lines.push(...list.map(line));
  }
  return `${lines.join("\n")}\n`;
}

function line({ trial, outcome }: Row): string {
  const call = `\`${trial.call.replaceAll("|", "\\|")}\``;
  return "version" in outcome
    ? `| ${trial.name} | ${outcome.version} | ${outcome.seconds.toFixed(2)} s | ${call} | yes |`
    : `| ${trial.name} | | | ${call} | no: ${outcome.why.replaceAll("|", "\\|")} |`;
}
