import type { PyodideAPI } from "pyodide";

/** CPython's own look for signals in Emscripten, every few steps of Python's code. */
const LOOK = "_Py_CheckEmscriptenSignals_Helper";

/** The interpreter's look for signals; `flag` is set once the interpreter is there. */
export interface SignalHook {
  flag: Uint8Array<SharedArrayBuffer> | null;
}

/**
 * Puts a look that loses nothing into what the interpreter's wasm imports. Its own reads the flag and then writes 0, whatever it has
 * read: of the interrupts that came to a busy loop it wiped out one in fifty.
 */
export function hookSignals(imports: WebAssembly.Imports): SignalHook {
  const hook: SignalHook = { flag: null };
  const { env } = imports;
  if (typeof env?.[LOOK] !== "function")
    throw new Error("Pyodide looks for signals in another way: it is another version.");
  env[LOOK] = () => {
    const { flag } = hook;
    return flag === null || flag[0] === 0 ? 0 : Atomics.exchange(flag, 0, 0);
  };
  return hook;
}

/** Byte 0 of `memory` raises KeyboardInterrupt from now on. */
export function hearInterrupts(pyodide: PyodideAPI, hook: SignalHook, memory: SharedArrayBuffer): void {
  hook.flag = new Uint8Array(memory, 0, 1);
  pyodide.setInterruptBuffer(hook.flag);
}
