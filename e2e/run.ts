/**
 * `npm run e2e [-- playwright's arguments]`: finds the browsers, builds the product if needed and runs the browser tests: all in
 * Chromium, those of whole libraries without JSPI as well, and a few in Firefox. `RUNNEL_BROWSER` names one mode in which all of them run
 * (browser/modes.ts). `--screenshots` makes the README's screenshots instead.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";
import { findChromium } from "./browser/find-chromium.ts";
import { findFirefox } from "./browser/find-firefox.ts";
import { chosenMode } from "./browser/modes.ts";

const root = path.resolve(import.meta.dirname, "..");
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const screenshots = args.includes("--screenshots");
  const mode = screenshots ? "chromium" : chosenMode();
  const browsers: NodeJS.ProcessEnv = {};
  if (!mode?.startsWith("firefox")) browsers.RUNNEL_CHROMIUM = await findChromium(say);
  if (mode === null || mode.startsWith("firefox")) browsers.RUNNEL_FIREFOX = await findFirefox(say);
  say(`Browser: ${Object.values(browsers).join(", ")}`);
  await buildIfNeeded(root, "everything", say);
  return playwright(
    args.filter((arg) => arg !== "--screenshots"),
    { ...browsers, ...(screenshots ? { RUNNEL_SCREENSHOTS: "1" } : {}) },
  );
}

function playwright(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const cli = path.join(root, "node_modules/@playwright/test/cli.js");
  const child = spawn(process.execPath, [cli, "test", ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      ...env,
      // browser/firefox.ts is run by the Node that runs this.
      PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
