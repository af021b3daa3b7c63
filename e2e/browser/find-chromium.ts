import { execFile, spawn } from "node:child_process";
import { access, constants, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const execute = promisify(execFile);

/** The first version in which WebAssembly can suspend (JSPI), which sockets in Python need. */
const oldestVersion = 137;

/** Where a browser usually is: names for PATH, and the places of systems that don't use it. */
const usualPlaces = [
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
    const problem = await problemOf(program);
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
  for (const place of usualPlaces) {
    const program = await onPath(place);
    if (program && (await usable(program))) return program;
  }

  say("No Chromium was found on this machine. Downloading Playwright's …");
  if ((await download(say)) && (await usable(downloaded))) return downloaded;
  if (await isDebianRoot()) {
    say("Installing Debian's chromium package …");
    await installDebianPackage(say);
    const program = await onPath("chromium");
    if (program && (await usable(program))) return program;
  }
  throw new Error(
    `No Chromium could be found or installed.\n  ${tried.join("\n  ")}\nInstall Chromium or Chrome ${oldestVersion} or later and set CHROMIUM_PATH to it.`,
  );
}

/** Null for a browser that starts and is new enough, else what is the matter. */
async function problemOf(program: string): Promise<string | null> {
  try {
    await access(program, constants.X_OK);
  } catch {
    return "not there";
  }
  try {
    const { stdout } = await execute(program, ["--version", "--no-sandbox"], { timeout: 20_000 });
    const version = Number(/(\d+)\.\d+\.\d+/.exec(stdout)?.[1] ?? 0);
    return version >= oldestVersion ? null : `too old (${stdout.trim()}); ${oldestVersion} is needed`;
  } catch (error) {
    return `does not start (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`;
  }
}

async function onPath(name: string): Promise<string | null> {
  const candidates = path.isAbsolute(name)
    ? [name]
    : (process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, name));
  for (const candidate of candidates) {
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  return null;
}

async function isDebianRoot(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*debian/m.test(release);
}

function download(say: (line: string) => void): Promise<boolean> {
  const cli = path.resolve(import.meta.dirname, "../../node_modules/@playwright/test/cli.js");
  // As root the libraries that it needs can be had along with it.
  const extra = process.getuid?.() === 0 && process.platform === "linux" ? ["--with-deps"] : [];
  return command(process.execPath, [cli, "install", ...extra, "--no-shell", "chromium"], say);
}

async function installDebianPackage(say: (line: string) => void): Promise<void> {
  await command("apt-get", ["update", "-q"], say);
  await command("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], say);
}

/** Runs a program with its output passed on; false when it fails or takes longer than five minutes. */
function command(program: string, args: readonly string[], say: (line: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        DEBIAN_FRONTEND: "noninteractive",
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "15000",
      },
      timeout: 300_000,
    });
    child.once("error", (error) => {
      say(`${program} could not be started: ${error.message}`);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
}
