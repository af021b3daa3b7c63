import type { AppSummary } from "../types.ts";
import { type Folded, fold, foldText, wordStarts } from "./fold.ts";

/** One app with everything the search compares, folded once. */
export interface IndexedApp {
  readonly app: AppSummary;
  readonly name: Folded;
  /** The name and the slug, folded; and each without its spaces. */
  readonly titles: readonly string[];
  /** Positions of words and humps in `name.text`. */
  readonly wordStarts: readonly number[];
  /** First letters of the name's words and humps. */
  readonly initials: string;
  readonly aliases: readonly string[];
  /** Words of slug and aliases, each with a space before it: ` gsheets spreadsheet`. */
  readonly otherWords: string;
  readonly categoryWords: string;
  readonly descriptionWords: string;
}

/** Precomputes what every keystroke needs. */
export function indexApp(app: AppSummary): IndexedApp {
  const name = fold(app.name);
  const slug = foldText(app.slug);
  const starts = wordStarts(app.name, name);
  const aliases = app.aliases.map(foldText);
  return {
    app,
    name,
    titles: [...new Set([name.text, slug, squashed(name.text), squashed(slug)])],
    wordStarts: starts,
    initials: starts.map((start) => name.text[start]).join(""),
    aliases: [...new Set([...aliases, ...aliases.map(squashed)])],
    otherWords: ` ${[slug, ...aliases].join(" ")}`,
    categoryWords: ` ${app.categories.map(foldText).join(" ")}`,
    descriptionWords: ` ${foldText(app.description)}`,
  };
}

/** Without its spaces: `google sheets` → `googlesheets`, as people type it too. */
export function squashed(text: string): string {
  return text.replaceAll(" ", "");
}
