import type { Mark } from "../marks.ts";
import type { Shape } from "../stubs/shape.ts";

/** What the worker of tools is asked, and what it answers: one answer for each question, with its id. */
export interface ToolTypes {
  lint: { readonly ask: { readonly code: string }; readonly answer: readonly Mark[] };
  /** Refused where the code is no Python. */
  format: { readonly ask: { readonly code: string }; readonly answer: string };
  /** JSON text of exports. */
  shape: { readonly ask: { readonly json: string }; readonly answer: Shape };
  /** Sends a package's files through the port, up to so many characters. Answers how many those are. */
  unpack: {
    readonly ask: { readonly wheel: Blob; readonly most: number; readonly port: MessagePort };
    readonly answer: number;
  };
}

export type ToolQuestion = {
  [K in keyof ToolTypes]: { readonly id: number; readonly kind: K } & ToolTypes[K]["ask"];
}[keyof ToolTypes];

export type ToolAnswer =
  | { readonly id: number; readonly result: ToolTypes[keyof ToolTypes]["answer"] }
  | { readonly id: number; readonly error: string };
