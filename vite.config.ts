import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogPlugin } from "./src/catalog/build/index.ts";

export default defineConfig({
  plugins: [react(), catalogPlugin()],
  build: {
    outDir: "dist/app",
    emptyOutDir: true,
    target: "es2023",
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "strict-policy", test: /strict-policy/ }] } },
    },
    // Monaco and its workers are large and load on demand.
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: "es" },
});
