/**
 * Keys that are pressed together, as text: `Mod+Shift+Enter`, `Alt+ArrowUp`, `F2`, `?`. `Mod` is Cmd on a Mac and Ctrl elsewhere; with
 * `Alt` a letter or sign is the key's place, since Option types another one.
 */
export type Chord = string;

/** What of a key press a chord is compared with. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const isMac = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Whether `press` is `chord` and no modifier more. */
export function matchesChord(press: KeyPress, chord: Chord, mac = isMac): boolean {
  const { key, modifiers } = parse(chord);
  const mod = modifiers.has("Mod");
  if (press.ctrlKey !== (mod && !mac) || press.metaKey !== (mod && mac)) return false;
  if (press.altKey !== modifiers.has("Alt")) return false;
  // A character such as ? says by itself whether Shift is held, which differs between keyboards.
  const isSign = key.length === 1 && !isLetter(key);
  if (!isSign && press.shiftKey !== modifiers.has("Shift")) return false;
  if (key.length === 1 && modifiers.has("Alt"))
    return press.code === (isLetter(key) ? `Key${key}` : places[key]);
  return isLetter(key) ? press.key.toUpperCase() === key : press.key === key;
}

/** The chord as people know it: `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. */
export function shownChord(chord: Chord, mac = isMac): string {
  const { key, modifiers } = parse(chord);
  const name = (mac ? macKeys[key] : undefined) ?? keys[key] ?? key;
  if (mac) {
    const signs = [
      modifiers.has("Alt") ? "⌥" : "",
      modifiers.has("Shift") ? "⇧" : "",
      modifiers.has("Mod") ? "⌘" : "",
    ];
    return signs.join("") + name;
  }
  const names = [
    ...(modifiers.has("Mod") ? ["Ctrl"] : []),
    ...(modifiers.has("Alt") ? ["Alt"] : []),
    ...(modifiers.has("Shift") ? ["Shift"] : []),
  ];
  return [...names, name].join("+");
}

const keys: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Delete: "Del",
};

/** Where signs are on a keyboard. */
const places: Readonly<Record<string, string>> = { ".": "Period" };

const macKeys: Readonly<Record<string, string>> = { Enter: "↵", Delete: "⌦" };

interface ParsedChord {
  readonly key: string;
  readonly modifiers: ReadonlySet<string>;
}

const parsed = new Map<Chord, ParsedChord>();

function parse(chord: Chord): ParsedChord {
  let found = parsed.get(chord);
  if (found === undefined) {
    const parts = chord.split("+");
    found = { key: parts.at(-1) ?? "", modifiers: new Set(parts.slice(0, -1)) };
    parsed.set(chord, found);
  }
  return found;
}

function isLetter(key: string): boolean {
  return /^[A-Z]$/.test(key);
}
