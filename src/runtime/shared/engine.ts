/** What the browser's engine can do, which decides how Python starts and waits. */

/** JSPI: a call of Python can be suspended while JavaScript goes on. */
export function canSuspend(): boolean {
  return "Suspending" in WebAssembly;
}

/** A function that tests the type of a function reference, as the call trampoline of Pyodide does. */
const TYPE_TEST = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 2, 96, 0, 0, 96, 1, 112, 1, 127, 3, 2, 1, 1, 10, 9, 1, 7, 0, 32, 0, 251,
  20, 0, 11,
];

/**
 * Whether the snapshot fits: where Pyodide makes no call trampoline, its functions lie elsewhere than the snapshot has them. It makes
 * none in engines without WebAssembly's reference types with GC, and none on iOS.
 */
export function canRestore(): boolean {
  const ios =
    /iPad|iPhone|iPod/.test(navigator.userAgent) ||
    (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  return WebAssembly.validate(Uint8Array.from(TYPE_TEST)) && !ios;
}
