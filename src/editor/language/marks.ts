import type { Range } from "vscode-languageserver-protocol";

/** A change of the code that would mend what is marked. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** Something to say about a place in a step's code. Lines and columns count from 0, columns in UTF-16 units. */
export interface Mark {
  readonly range: Range;
  readonly message: string;
  /** `hint`: not even underlined. */
  readonly severity: "error" | "warning" | "hint";
  /** Shown faded. */
  readonly unused: boolean;
  readonly source: "Python" | "Ruff";
  readonly code: string | null;
  readonly fix: Fix | null;
}
