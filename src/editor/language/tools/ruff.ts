import { type Diagnostic, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import type { Range } from "vscode-languageserver-protocol";
import type { Fix, Mark } from "../marks.ts";

/** What is in a step's globals without an import; `pipedream` is the name in `handler`'s annotation (fact 1), which need not resolve. */
const builtins = ["console", "display", "pipedream"];

/** Mistakes, not matters of taste: names that are not there or never used, and comparisons that can't be meant. */
const select = ["F401", "F402", "F502", "F601", "F632", "F706", "F811", "F821", "F822", "F823", "E9"];

/** Ruff in the page. Loaded by `init` of the package first. */
export interface Ruff {
  lint(code: string): readonly Mark[];
  /** @throws Error where the code is no Python. */
  format(code: string): string;
}

export function createRuff(): Ruff {
  const workspaces = new Map<number, Workspace>();
  /** The width of the person's own indents is kept: the documentation's samples have two spaces. */
  function workspace(width: number): Workspace {
    const known = workspaces.get(width);
    if (known !== undefined) return known;
    const made = new Workspace(
      {
        builtins,
        "line-length": 100,
        "indent-width": width,
        "target-version": "py313",
        lint: { select, "allowed-confusables": [] },
        format: { "indent-style": "space" },
      },
      PositionEncoding.Utf16,
    );
    workspaces.set(width, made);
    return made;
  }
  return {
    lint: (code) =>
      (workspace(4).check(code) as readonly Diagnostic[])
        .map(toMark)
        .sort((a, b) => a.range.start.line - b.range.start.line),
    format: (code) => workspace(indentWidth(code)).format(code),
  };
}

/** Spaces of the first indented line, as a width that Ruff may use. */
function indentWidth(code: string): number {
  const indent = /^( +)\S/m.exec(code)?.[1]?.length ?? 4;
  return indent === 2 || indent === 3 ? indent : 4;
}

function toMark({ code, message, start_location, end_location, fix, tags }: Diagnostic): Mark {
  const unused = tags.includes("unnecessary") || code === "F401";
  return {
    range: rangeOf(start_location, end_location),
    message,
    severity: unused
      ? "hint"
      : code === "F821" || code === null || code === "invalid-syntax"
        ? "error"
        : "warning",
    unused,
    source: "Ruff",
    code,
    fix: fix === null ? null : toFix(fix),
  };
}

function toFix({ message, edits }: NonNullable<Diagnostic["fix"]>): Fix {
  return {
    title: message ?? "Fix it",
    edits: edits.map(({ content, location, end_location }) => ({
      range: rangeOf(location, end_location),
      newText: content ?? "",
    })),
  };
}

/** Ruff counts from 1. */
function rangeOf(start: Diagnostic["start_location"], end: Diagnostic["end_location"]): Range {
  return {
    start: { line: start.row - 1, character: start.column - 1 },
    end: { line: end.row - 1, character: end.column - 1 },
  };
}
