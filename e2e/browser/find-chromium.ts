import path from "node:path";
import { chromium } from "@playwright/test";
import { command, installDebianPackage, isDebianRoot, onPath, problemOf } from "./programs.ts";

/** The first version in which WebAssembly can suspend (JSPI), which most browser tests take for granted. */
const oldestVersion = 137;

/** Chromium without windows, as Playwright's own is: a fifth less work for the machine. */
const HEADLESS_SHELL = "chromium-headless-shell";

/** Where a browser usually is: names for PATH, and the places of systems that don't use it. */
const usualPlaces = [
  HEADLESS_SHELL,
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Finds a Chromium that starts on this machine, or installs one: `CHROMIUM_PATH`, Playwright's own, one of the system,
 * Playwright's download, Debian's package (as root). Throws an Error that says what was tried and what to do.
 */
export async function findChromium(say: (line: string) => void): Promise<string> {
  const tried: string[] = [];
  const usable = async (program: string) => {
    const problem = await problemOf(program, oldestVersion, ["--no-sandbox"]);
    if (problem) tried.push(`${program}: ${problem}`);
    return problem === null;
  };

  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (await usable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH can't be used. ${tried.join("; ")}`);
  }
  const downloaded = chromium.executablePath();
  if (await usable(downloaded)) return downloaded;
  if (process.env.CI && (await onPath(HEADLESS_SHELL)) === null && (await isDebianRoot()))
    await installDebianPackage(HEADLESS_SHELL, say);
  for (const place of usualPlaces) {
    const program = await onPath(place);
    if (program && (await usable(program))) return program;
  }

  say("No Chromium was found on this machine. Downloading Playwright's …");
  if ((await download(say)) && (await usable(downloaded))) return downloaded;
  if (await isDebianRoot()) {
    say("Installing Debian's chromium package …");
    await installDebianPackage("chromium", say);
    const program = await onPath("chromium");
    if (program && (await usable(program))) return program;
  }
  throw new Error(
    `No Chromium could be found or installed.\n  ${tried.join("\n  ")}\nInstall Chromium or Chrome ${oldestVersion} or later and set CHROMIUM_PATH to it.`,
  );
}

function download(say: (line: string) => void): Promise<boolean> {
  const cli = path.resolve(import.meta.dirname, "../../node_modules/@playwright/test/cli.js");
  // As root the libraries that it needs can be had along with it.
  const extra = process.getuid?.() === 0 && process.platform === "linux" ? ["--with-deps"] : [];
  return command(process.execPath, [cli, "install", ...extra, "--no-shell", "chromium"], say);
}
