import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { build, preview } from "vite";

/** Monaco alone on a page, built as the product is. */
export async function startBareMonaco(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), "runnel-monaco-"));
  const root = path.join(import.meta.dirname, "bare-monaco");
  const settings = { root, configFile: false, logLevel: "error" } as const;
  await build({
    ...settings,
    build: { outDir, target: "es2023", chunkSizeWarningLimit: 5000 },
    worker: { format: "es" },
  });
  const server = await preview({ ...settings, build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("Vite's preview server has no address.");
  return {
    url,
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
