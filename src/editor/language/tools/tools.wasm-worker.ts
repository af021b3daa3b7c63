/**
 * What the editor has done beside its own thread: Ruff, which is WebAssembly (its own content policy allows that, by the name of this
 * file: see src/lib/content-policy.ts), the shapes of exports and the files of packages, which can be megabytes.
 */
import init from "@astral-sh/ruff-wasm-web";
import wasmUrl from "@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url";
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
      return unpackWheel(new Uint8Array(question.wheel));
  }
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
