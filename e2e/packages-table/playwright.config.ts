import { defineConfig } from "@playwright/test";
import e2e from "../../playwright.config.ts";

/** `npm run packages-table`: not a test of the product, but the product's own browser, gateway and installer. */
export default defineConfig({
  ...e2e,
  testDir: ".",
  testMatch: "table.ts",
  timeout: 900_000,
  reporter: "line",
});
