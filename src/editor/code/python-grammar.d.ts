/** Monaco's own Python definition comes without types. */
declare module "monaco-editor/languages/definitions/python/python.js" {
  import type { languages } from "monaco-editor/editor/editor.api.js";

  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage & {
    readonly keywords: readonly string[];
    readonly tokenizer: Readonly<Record<string, readonly languages.IMonarchLanguageRule[]>>;
  };
}
