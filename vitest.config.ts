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
    include: ["src/**/*.test.{ts,tsx}"],
    // By default one core is left alone; on two cores that is half of them.
    maxWorkers: "100%",
  },
});
