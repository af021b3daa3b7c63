/**
 * What the editor has done beside its own thread: Ruff, which is WebAssembly (its own content policy allows that, by the name of this
 * file: see src/lib/content-policy.ts), the shapes of exports and the files of packages, which can be megabytes.
 */
import init from "@astral-sh/ruff-wasm-web";
import wasmUrl from "@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url";
import { inSitePackages } from "../server/settings.ts";
import { shapeOf } from "../stubs/shape.ts";
import type { ToolAnswer, ToolQuestion, ToolTypes } from "./messages.ts";
import { createRuff, type Ruff } from "./ruff.ts";
import { unpackWheel } from "./unpack-wheel.ts";

let ruff: Promise<Ruff> | null = null;
const loadRuff = () => {
  ruff ??= init({ module_or_path: wasmUrl }).then(createRuff);
  return ruff;
};

async function answer(question: ToolQuestion): Promise<ToolTypes[keyof ToolTypes]["answer"]> {
  switch (question.kind) {
    case "lint":
      return (await loadRuff()).lint(question.code);
    case "format":
      return (await loadRuff()).format(question.code);
    case "shape":
      return shapeOf(JSON.parse(question.json));
    case "unpack":
      return sendFiles(question);
  }
}

async function sendFiles({ wheel, most, port }: ToolTypes["unpack"]["ask"]): Promise<number> {
  const files: Record<string, string> = {};
  let size = 0;
  for (const [path, text] of Object.entries(unpackWheel(new Uint8Array(await wheel.arrayBuffer())))) {
    if (size + text.length > most) continue;
    size += text.length;
    files[inSitePackages(path)] = text;
  }
  port.postMessage(files);
  return size;
}

addEventListener("message", ({ data }: MessageEvent<ToolQuestion>) => {
  answer(data).then(
    (result) => postMessage({ id: data.id, result } satisfies ToolAnswer),
    (error: unknown) =>
      postMessage({
        id: data.id,
        error: error instanceof Error ? error.message : String(error),
      } satisfies ToolAnswer),
  );
});
