/** Address of the language server's worker script: see `build/index.ts`. */
declare module "virtual:runnel-language-server" {
  export const languageServerUrl: string;
}
