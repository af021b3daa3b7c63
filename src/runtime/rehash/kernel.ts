import { KERNEL_WASM } from "./kernel-wasm.ts";
import type { PythonModule } from "./layout.ts";
import type { AddressList } from "./plan.ts";
import type { Secret } from "./text-hash.ts";

/** What kernel.wat does, in the memory of an interpreter that isn't running. */
export interface Kernel {
  hashTexts(texts: AddressList, secret: Secret): void;
  fillIndices(keys: AddressList): void;
}

interface Exports {
  hashTexts(list: number, end: number, prefix: number, suffix: number): void;
  fillIndices(list: number, end: number): void;
}

export function startKernel(python: PythonModule): Kernel {
  const { memory } = python.LDSO.loadedLibsByName.__main__.exports;
  const bytes = Uint8Array.from(atob(KERNEL_WASM), (character) => character.charCodeAt(0));
  // So small that nothing is gained by compiling it elsewhere.
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { python: { memory } });
  const { hashTexts, fillIndices } = instance.exports as unknown as Exports;
  // The far end of the stack, which nobody is at.
  const start = python._emscripten_stack_get_end();
  const withList = (list: AddressList, work: (start: number, end: number) => void) => {
    new Uint32Array(memory.buffer, start, list.length).set(list);
    work(start, start + list.byteLength);
    new Uint8Array(memory.buffer, start, list.byteLength).fill(0);
  };
  return {
    hashTexts: (texts, { prefix, suffix }) =>
      withList(texts, (from, to) => hashTexts(from, to, prefix, suffix)),
    fillIndices: (keys) => withList(keys, fillIndices),
  };
}
