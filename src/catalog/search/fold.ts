/** A text as the search compares it, with the way back to the original for highlights. */
export interface Folded {
  /** Lower case, no diacritics, letters and digits only, words parted by single spaces. */
  readonly text: string;
  /** Where in the original each character of `text` comes from. */
  readonly starts: readonly number[];
  /** Where in the original each character of `text` ends. */
  readonly ends: readonly number[];
}

/** Letters that decompose into no base letter, as people type them. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};

const MARKS = /\p{M}/gu;
const LETTER = /[\p{L}\p{N}]/u;

/** Folds case, diacritics and punctuation away: `Crème-Brûlée 2` → `creme brulee 2`. */
export function fold(source: string): Folded {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let gapAt = -1;
  let position = 0;
  for (const character of source) {
    const start = position;
    position += character.length;
    if (character === "'" || character === "’") continue;
    const base = character.normalize("NFKD").replace(MARKS, "").toLowerCase();
    const letters = Array.from(base, (one) => SPELLED_OUT[one] ?? one).join("");
    if (letters === "") continue;
    if (!LETTER.test(letters)) {
      if (text !== "" && gapAt === -1) gapAt = start;
      continue;
    }
    if (gapAt !== -1) {
      text += " ";
      starts.push(gapAt);
      ends.push(start);
      gapAt = -1;
    }
    for (const letter of letters) {
      text += letter;
      starts.push(start);
      ends.push(position);
    }
  }
  return { text, starts, ends };
}

/** `fold` without the way back. */
export function foldText(source: string): string {
  return fold(source).text;
}

/**
 * Where words begin in the folded text, humps of a name included: `GitHub` → `[0, 3]`, so that `hub` and the
 * acronym `gh` find it.
 */
export function wordStarts(source: string, folded: Folded): number[] {
  const positions: number[] = [];
  for (let index = 0; index < folded.text.length; index++) {
    if (folded.text[index] === " ") continue;
    const at = folded.starts[index] ?? 0;
    const isWord = index === 0 || folded.text[index - 1] === " ";
    const isHump = at > 0 && /\p{Lu}/u.test(source[at] ?? "") && /[\p{Ll}\p{N}]/u.test(source[at - 1] ?? "");
    if (isWord || isHump) positions.push(index);
  }
  return positions;
}
