import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { catalogPlugin } from "./src/catalog/build/index.ts";
import { languageServerPlugin } from "./src/editor/language/build/index.ts";

// Tests that need a DOM say so in their first line: `// @vitest-environment happy-dom`.
export default defineConfig({
  plugins: [react(), catalogPlugin(), languageServerPlugin()],
  test: {
    // Only to end what hangs: how fast a busy machine is must not decide.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ["vitest.setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    // Two for each core: many tests wait for a worker, a socket or a process of their own.
    maxWorkers: 2 * availableParallelism(),
  },
});
