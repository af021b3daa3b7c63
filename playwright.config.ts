import path from "node:path";
import { defineConfig, type PlaywrightTestProject } from "@playwright/test";
import { chromiumArgs } from "./e2e/browser/chromium-args.ts";
import { CLIENTS_TAG, chosenMode, FIREFOX_TAG, MODES, type Mode } from "./e2e/browser/modes.ts";
import type { ModeOptions } from "./e2e/product.ts";

const chromium = process.env.RUNNEL_CHROMIUM ?? process.env.CHROMIUM_PATH;
const chosen = process.env.RUNNEL_SCREENSHOTS ? "chromium" : chosenMode();

const chromiumOptions: PlaywrightTestProject<ModeOptions>["use"] = {
  permissions: ["clipboard-read", "clipboard-write"],
  launchOptions: {
    ...(chromium ? { executablePath: chromium } : {}),
    args: [...chromiumArgs],
  },
};

/** The stock browser, which Playwright drives over WebDriver BiDi. */
function firefoxOptions(jspi: boolean): PlaywrightTestProject<ModeOptions>["use"] {
  return {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: {
      executablePath: path.resolve(import.meta.dirname, "e2e/browser/firefox.ts"),
      firefoxUserPrefs: {
        "javascript.options.wasm_js_promise_integration": jspi,
        // As a person's own click on "Allow" would.
        "dom.events.testing.asyncClipboard": true,
        // Two of them run at a time, and only one window of a machine has the focus.
        "focusmanager.testmode": true,
        // Its WebDriver BiDi has no such command for a context yet.
        "ui.prefersReducedMotion": 1,
      },
    },
  };
}

const modes: Readonly<Record<Mode, PlaywrightTestProject<ModeOptions>["use"]>> = {
  chromium: chromiumOptions,
  "no-jspi": { ...chromiumOptions, takeJspiAway: true },
  firefox: firefoxOptions(true),
  "firefox-no-jspi": firefoxOptions(false),
};

/** Without a choice: Chromium with all tests, and these with some of them. */
const someTests: Readonly<Partial<Record<Mode, RegExp>>> = {
  "no-jspi": new RegExp(CLIENTS_TAG),
  firefox: new RegExp(FIREFOX_TAG),
};

const projects = MODES.filter((mode) =>
  chosen ? mode === chosen : mode === "chromium" || mode in someTests,
).map((mode) => {
  const grep = chosen ? undefined : someTests[mode];
  return { name: mode, use: modes[mode] ?? {}, ...(grep ? { grep } : {}) };
});

/** The browser tests; `npm run e2e` finds the browsers and builds the product first. */
export default defineConfig<ModeOptions>({
  testDir: "e2e",
  testMatch: process.env.RUNNEL_SCREENSHOTS ? "screenshots.ts" : "**/*.spec.ts",
  outputDir: "test-results",
  // One gateway a worker; each worker's browser runs one Python at a time, which fills a core.
  workers: 2,
  // The tests of a file stay in one worker, where they go on in one page: see `samePage`.
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Generous: how long is allowed says nothing about how fast it is, and the machine may be busy.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: process.env.CI ? [["line"], ["html", { open: "never" }]] : "line",
  projects,
  use: {
    viewport: { width: 1280, height: 900 },
    // Without a graphics card every frame of an animation is drawn by the processor.
    contextOptions: { reducedMotion: "reduce" },
    // A trace costs a third of the time again: ask for one with `npm run e2e -- --trace on SPEC`.
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: 60_000,
  },
});
