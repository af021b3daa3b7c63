import { build } from "vite";
import { root } from "./paths.ts";

/** Bundles one entry into a single script and gives its text. `define`: names of its source that stand for other source. */
export async function bundle(
  entry: string,
  format: "es" | "iife",
  define: Readonly<Record<string, string>> = {},
): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: "warn",
    define,
    build: {
      write: false,
      target: "es2023",
      minify: true,
      lib: { entry, formats: [format], name: "runnel", fileName: () => "bundle.js" },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  const chunk = output && "output" in output ? output.output[0] : undefined;
  if (chunk?.type !== "chunk") throw new Error(`${entry} gave no script`);
  return chunk.code;
}
