type Poll = (pointer: number, count: number, timeoutMs: number) => number;

/** The system call `poll` of an interpreter; set it once the sockets are there. Null: it does not wait. */
export interface PollHook {
  /** Answers how many descriptors are ready or a negated errno; null where it can't tell of one of them. */
  poll: ((pointer: number, count: number, timeoutMs: number) => number | null) | null;
}

/** Puts a hook into what the interpreter's wasm imports: Emscripten's own `poll` never waits, whatever its timeout. */
export function hookPoll(imports: WebAssembly.Imports): PollHook {
  const hook: PollHook = { poll: null };
  const { env } = imports;
  const own = env?.__syscall_poll;
  if (!env || typeof own !== "function") throw new Error("Pyodide imports no poll: it is another version.");
  const replaced: Poll = (pointer, count, timeoutMs) =>
    hook.poll?.(pointer >>> 0, count, timeoutMs) ??
    Number(Reflect.apply(own, null, [pointer, count, timeoutMs]));
  env.__syscall_poll = replaced;
  return hook;
}
