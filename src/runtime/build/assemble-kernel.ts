/** Writes src/runtime/rehash/kernel-wasm.ts from kernel.wat. A test says when that has to be done. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compile } from "watr";
import { root } from "./paths.ts";

const folder = path.join(root, "src/runtime/rehash");

/** The module's bytes in base64. */
export function assembleKernel(): string {
  return Buffer.from(compile(readFileSync(path.join(folder, "kernel.wat"), "utf8"))).toString("base64");
}

if (import.meta.main) {
  const file = path.join(folder, "kernel-wasm.ts");
  const written = readFileSync(file, "utf8");
  writeFileSync(file, written.replace(/"[^"]*"(?=;\n$)/, `"${assembleKernel()}"`));
}
