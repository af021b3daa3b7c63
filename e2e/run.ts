/**
 * `npm run e2e [-- playwright's arguments]`: finds a Chromium, builds the product if needed and runs the browser tests.
 * `--screenshots` makes the README's screenshots instead.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";
import { findChromium } from "./browser/find-chromium.ts";

const root = path.resolve(import.meta.dirname, "..");
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const screenshots = args.includes("--screenshots");
  const chromium = await findChromium(say);
  say(`Browser: ${chromium}`);
  await buildIfNeeded(root, "everything", say);
  return playwright(
    args.filter((arg) => arg !== "--screenshots"),
    { RUNNEL_CHROMIUM: chromium, ...(screenshots ? { RUNNEL_SCREENSHOTS: "1" } : {}) },
  );
}

function playwright(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const cli = path.join(root, "node_modules/@playwright/test/cli.js");
  const child = spawn(process.execPath, [cli, "test", ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
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
