/** Where and why a text is not JSON. `JSON.parse` of the browsers gives no position that could be relied on. */
export interface JsonError {
  readonly message: string;
  /** Index in the text. */
  readonly offset: number;
}

/** Finds the first thing in `text` that keeps it from being JSON; null where it is valid. */
export function findJsonError(text: string): JsonError | null {
  const reader = new Reader(text);
  try {
    reader.value();
    reader.end();
    return null;
  } catch (error) {
    if (error instanceof Unexpected) return { message: error.message, offset: error.offset };
    throw error;
  }
}

class Unexpected extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[\p{L}\p{N}_$+.-]+/uy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one value; nesting is kept in a list of our own, so that deep input can't overflow the stack. */
  value(): void {
    const closers: ("]" | "}")[] = [];
    let state: "value" | "after" = "value";
    while (true) {
      this.#skip(SPACE);
      const closer = closers.at(-1);
      if (state === "value") {
        const open = this.#text[this.#at];
        if (open === "[" || open === "{") {
          this.#at += 1;
          closers.push(open === "[" ? "]" : "}");
          state = this.#opened(open) ? "value" : "after";
        } else {
          this.#scalar();
          state = "after";
        }
      } else if (closer === undefined) {
        return;
      } else if (this.#take(closer)) {
        closers.pop();
      } else if (this.#take(",")) {
        const comma = this.#at - 1;
        this.#skip(SPACE);
        if (this.#text[this.#at] === closer)
          throw new Unexpected(`There is a comma too many before "${closer}".`, comma);
        if (closer === "}") this.#key();
        state = "value";
      } else {
        throw this.#problem(`A comma or "${closer}" is missing here.`);
      }
    }
  }

  end(): void {
    this.#skip(SPACE);
    if (this.#at < this.#text.length) throw this.#problem("There is more text after the end of the value.");
  }

  /** After `[` or `{`: whether a value follows (else the closing bracket does). */
  #opened(open: "[" | "{"): boolean {
    this.#skip(SPACE);
    const next = this.#text[this.#at];
    if (next === (open === "[" ? "]" : "}")) return false;
    if (open === "{") this.#key();
    return true;
  }

  #key(): void {
    if (this.#text[this.#at] !== '"')
      throw this.#problem('A name in double quotes is expected here, or "}".');
    this.#string();
    this.#skip(SPACE);
    if (!this.#take(":")) throw this.#problem("A colon is missing after the name.");
  }

  #scalar(): void {
    const next = this.#text[this.#at];
    if (next === '"') {
      this.#string();
      return;
    }
    if (next === "'") throw this.#problem("Strings are written in double quotes.");
    const start = this.#at;
    const word = this.#skip(WORD);
    if (["true", "false", "null"].includes(word)) return;
    this.#at = start;
    if (word === "") throw this.#problem("A value is expected here.");
    if (word === "True" || word === "False" || word === "None")
      throw this.#problem(`In JSON this is written ${word === "None" ? "null" : word.toLowerCase()}.`);
    NUMBER.lastIndex = start;
    if (NUMBER.exec(this.#text)?.[0] !== word)
      throw this.#problem(
        /^[-+.0-9]/.test(word)
          ? `"${word}" is not a number.`
          : `"${word}" is not a value. Strings are written in double quotes.`,
      );
    this.#at = start + word.length;
  }

  #string(): void {
    const start = this.#at;
    this.#at += 1;
    do this.#skip(PLAIN_CHARACTERS);
    while (this.#skip(ESCAPE) !== "");
    if (this.#take('"')) return;
    const next = this.#text[this.#at];
    if (next === "\\")
      throw this.#problem("This backslash starts no escape that JSON knows. Write two of them for one.");
    if (next === undefined || next === "\n" || next === "\r") {
      this.#at = start;
      throw this.#problem("This string has no closing quote on its line.");
    }
    throw this.#problem("A control character in a string has to be escaped, a tab as \\t for instance.");
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #problem(message: string): Unexpected {
    if (this.#at < this.#text.length) return new Unexpected(message, this.#at);
    return new Unexpected("The text ends too early: something is not closed.", this.#text.length);
  }
}
