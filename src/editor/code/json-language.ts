import type { monaco as Monaco } from "./monaco.ts";

/**
 * Colours and brackets of JSON. Monaco's own JSON mode would bring a language server, a worker and most of the editor's
 * unused features along; the event is checked by the workflow room, which is what runs it.
 */
export function registerJson(monaco: typeof Monaco): void {
  monaco.languages.register({ id: "json" });
  monaco.languages.setLanguageConfiguration("json", {
    brackets: [
      ["{", "}"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}", notIn: ["string"] },
      { open: "[", close: "]", notIn: ["string"] },
      { open: '"', close: '"', notIn: ["string"] },
    ],
    indentationRules: {
      increaseIndentPattern: /^.*(\{[^}]*|\[[^\]]*)$/,
      decreaseIndentPattern: /^\s*[}\]],?\s*$/,
    },
  });
  monaco.languages.setMonarchTokensProvider("json", {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "string.key.json"],
        [/"/, { token: "string.value.json", next: "@string" }],
        [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, "number"],
        [/\b(?:true|false|null)\b/, "keyword.json"],
        [/[{}[\]]/, "@brackets"],
      ],
      string: [
        [/[^"\\]+/, "string.value.json"],
        [/\\./, "string.escape"],
        [/"/, { token: "string.value.json", next: "@pop" }],
        [/$/, { token: "string.value.json", next: "@pop" }],
      ],
    },
  });
}
