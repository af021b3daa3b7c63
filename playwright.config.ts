import { defineConfig } from "@playwright/test";

const chromium = process.env.RUNNEL_CHROMIUM ?? process.env.CHROMIUM_PATH;

/** The browser tests; `npm run e2e` finds the browser and builds the product first. */
export default defineConfig({
  testDir: "e2e",
  testMatch: process.env.RUNNEL_SCREENSHOTS ? "screenshots.ts" : "**/*.spec.ts",
  outputDir: "test-results",
  // One gateway a worker; each worker's browser runs one Python at a time, which fills a core.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Generous: how long is allowed says nothing about how fast it is, and the machine may be busy.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: process.env.CI ? [["line"], ["html", { open: "never" }]] : "line",
  use: {
    permissions: ["clipboard-read", "clipboard-write"],
    viewport: { width: 1280, height: 900 },
    // Without a graphics card every frame of an animation is drawn by the processor.
    contextOptions: { reducedMotion: "reduce" },
    // A trace costs a third of the time again: ask for one with `npm run e2e -- --trace on SPEC`.
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: 60_000,
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
