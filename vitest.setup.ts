import { vi } from "vitest";

/** How long a test waits for what it expects, in milliseconds: only to end what hangs. How fast a busy machine is must not decide. */
const PATIENCE = 60_000;

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, withPatience(options));
vi.waitUntil = (callback, options) => waitUntil(callback, withPatience(options));

if ("document" in globalThis) {
  const { configure } = await import("@testing-library/react");
  configure({ asyncUtilTimeout: PATIENCE });
}

function withPatience<Options extends { timeout?: number | undefined }>(
  options: number | Options = {} as Options,
) {
  return typeof options === "number" ? { timeout: options } : { timeout: PATIENCE, ...options };
}
