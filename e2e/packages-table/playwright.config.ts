import { defineConfig } from "@playwright/test";
import e2e from "../../playwright.config.ts";

/** `npm run packages-table`: not a test of the product, but the product's own browser, gateway and installer. */
export default defineConfig({
  ...e2e,
  testDir: ".",
  testMatch: "table.ts",
  workers: 1,
  timeout: 3_600_000,
  reporter: "line",
});
