import type { AppSummary } from "../types.ts";
import { type Folded, fold, foldText, wordStarts } from "./fold.ts";

/** A word of a name, or a part of one that begins with a hump. */
interface NameWord {
  readonly start: number;
  readonly text: string;
}

/** One app with everything the search compares, folded once. */
export interface IndexedApp {
  readonly app: AppSummary;
  readonly name: Folded;
  /** The name and the slug, folded; and each without its spaces. */
  readonly titles: readonly string[];
  /** Where words and humps begin in `name.text`, and the rest of the word from there: `github`, `hub`. */
  readonly words: readonly NameWord[];
  /** First letters of the name's words and humps. */
  readonly initials: string;
  readonly aliases: readonly string[];
  /** Titles and aliases that are more than one of `words`: where a typo is looked for beside them. */
  readonly wholes: readonly string[];
  /** Words of slug and aliases, each with a space before it: ` gsheets spreadsheet`. */
  readonly otherWords: string;
  readonly categoryWords: string;
  /** Every word of the app there is, to turn away most queries at once. */
  readonly allWords: string;
}

/** Precomputes what every keystroke needs. */
export function indexApp(app: AppSummary): IndexedApp {
  const name = fold(app.name);
  const slug = foldText(app.slug);
  const starts = wordStarts(app.name, name);
  const aliases = app.aliases.map(foldText);
  const words = starts.map((start) => ({ start, text: name.text.slice(start).split(" ", 1)[0] ?? "" }));
  const otherWords = ` ${[slug, ...aliases].join(" ")}`;
  const categoryWords = ` ${app.categories.map(foldText).join(" ")}`;
  const nameWords = ` ${words.map((word) => word.text).join(" ")}`;
  const titles = [...new Set([name.text, slug, squashed(name.text), squashed(slug)])];
  const names = [...new Set([...aliases, ...aliases.map(squashed)])];
  return {
    app,
    name,
    titles,
    words,
    initials: starts.map((start) => name.text[start]).join(""),
    aliases: names,
    wholes: [...titles, ...names].filter((text) => !words.some((word) => word.text === text)),
    otherWords,
    categoryWords,
    allWords: `${nameWords}${otherWords}${categoryWords} ${foldText(app.description)}`,
  };
}

/** Without its spaces: `google sheets` → `googlesheets`, as people type it too. */
export function squashed(text: string): string {
  return text.replaceAll(" ", "");
}
