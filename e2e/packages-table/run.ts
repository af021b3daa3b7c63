/**
 * `npm run packages-table [-- -g GROUP]`: tries popular packages in the real product and writes docs/packages.md. A group that
 * was tried earlier stays as it was when only others are named.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { buildIfNeeded } from "../../src/gateway/build-if-needed.ts";
import { findChromium } from "../browser/find-chromium.ts";
import { table } from "./outcomes.ts";

const root = path.resolve(import.meta.dirname, "../..");
const say = (line: string) => process.stdout.write(`${line}\n`);

const chromium = await findChromium(say);
await buildIfNeeded(root, "everything", say);
const cli = path.join(root, "node_modules/@playwright/test/cli.js");
const config = path.join(import.meta.dirname, "playwright.config.ts");
const child = spawn(process.execPath, [cli, "test", "--config", config, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, RUNNEL_CHROMIUM: chromium, RUNNEL_BROWSER: "chromium" },
});
const [code] = (await once(child, "close")) as [number | null];
if (code === 0) await writeFile(path.join(root, "docs/packages.md"), await table());
process.exit(code ?? 1);
