import { conf, language } from "monaco-editor/languages/definitions/python/python.js";
import type { monaco as Monaco } from "./monaco.ts";

const keywords = new Set(
  (
    "False None True and as assert async await break case class continue def del elif else except finally for from " +
    "global if import in is lambda match nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** Monaco's Python, with the names of functions and classes and what is built in told from the keywords. */
export function registerPython(monaco: typeof Monaco): void {
  monaco.languages.register({ id: "python", extensions: [".py"] });
  monaco.languages.setLanguageConfiguration("python", conf);
  monaco.languages.setMonarchTokensProvider("python", {
    ...language,
    keywords: [...keywords],
    builtins: language.keywords.filter((word) => !keywords.has(word)),
    tokenizer: {
      ...language.tokenizer,
      root: [
        [/(def|class)(\s+)([a-zA-Z_]\w*)/, ["keyword", "white", "function"]],
        [/(\.)([a-zA-Z_]\w*)/, ["delimiter", "identifier"]],
        [
          /[a-zA-Z_]\w*(?!['"\w])/,
          { cases: { "@keywords": "keyword", "@builtins": "function", "@default": "identifier" } },
        ],
        ...(language.tokenizer.root ?? []),
      ],
    },
  });
}
