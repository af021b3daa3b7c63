import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin } from "vite";
import { takePackages } from "../server/take-packages.ts";

const VIRTUAL_ID = "virtual:runnel-language-server";
const RESOLVED_ID = `\0${VIRTUAL_ID}`;
const DEV_PATH = "/@language-server.js";

/**
 * basedpyright for the browser, as a classic worker script. As published it has its checking done by a second worker, which parses the
 * same 17 MB and all types once more; here one worker does both, in slices between a person's requests. And it takes the files of packages
 * from where they are unpacked.
 *
 * @throws Error where the published file isn't what this was written for.
 */
export function languageServerSource(read: (file: string, encoding: "utf8") => string): string {
  const file = createRequire(import.meta.url).resolve("browser-basedpyright/dist/pyright.worker.js");
  const source = read(file, "utf8");
  const second = /createBackgroundAnalysis\((\w+),(\w+)\)\{const (\w+)=new \w+\(\2,this\.serviceProvider\);/;
  if (!second.test(source))
    throw new Error(
      `${file} has no createBackgroundAnalysis as this build knows it: see src/editor/language/build.`,
    );
  return (takePackages + source)
    .replace(second, (found) => found.replace("{", "{return;"))
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}

/**
 * Serves the language server as a file of its own, as it is, and gives its address as `virtual:runnel-language-server`: bundling would
 * parse its 17 MB for nothing. It lies compressed beside itself for the gateway.
 */
export function languageServerPlugin(): Plugin {
  let building = false;
  return {
    name: "runnel-language-server",
    configResolved({ command }) {
      building = command === "build";
    },
    resolveId: (id) => (id === VIRTUAL_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      if (!building) return `export const languageServerUrl = ${JSON.stringify(DEV_PATH)};`;
      const source = languageServerSource(readFileSync);
      const reference = this.emitFile({ type: "asset", name: "language-server.js", source });
      return `export const languageServerUrl = import.meta.ROLLUP_FILE_URL_${reference};`;
    },
    generateBundle(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (file.type !== "asset" || !/language-server-[\w-]+\.js$|ruff_wasm_bg-[\w-]+\.wasm$/.test(fileName))
          continue;
        this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: compressed(file.source) });
      }
    },
    configureServer(server) {
      server.middlewares.use(DEV_PATH, (_, response) => {
        response.setHeader("content-type", "text/javascript; charset=utf-8");
        response.end(languageServerSource(readFileSync));
      });
    },
  };
}

/** At a level that takes a second and not a minute. */
function compressed(source: string | Uint8Array): Buffer {
  return brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
