import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogPlugin } from "./src/catalog/build/index.ts";
import { languageServerPlugin } from "./src/editor/language/build/index.ts";
import { pagePolicy, withMetaPolicy } from "./src/lib/content-policy.ts";

export default defineConfig({
  plugins: [
    react(),
    catalogPlugin(),
    languageServerPlugin(),
    {
      name: "content-policy",
      apply: "build",
      transformIndexHtml: (html) => withMetaPolicy(html, pagePolicy()),
    },
  ],
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
