import { execFile, spawn } from "node:child_process";
import { access, constants, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Null for a browser that starts and is new enough, else what is the matter. */
export async function problemOf(
  program: string,
  oldestVersion: number,
  args: readonly string[] = [],
): Promise<string | null> {
  try {
    await access(program, constants.X_OK);
  } catch {
    return "not there";
  }
  try {
    const { stdout } = await execute(program, ["--version", ...args], { timeout: 20_000 });
    const version = Number(/(\d+)\.\d+/.exec(stdout)?.[1] ?? 0);
    return version >= oldestVersion ? null : `too old (${stdout.trim()}); ${oldestVersion} is needed`;
  } catch (error) {
    return `does not start (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`;
  }
}

/** Where a program is; null where PATH doesn't lead to it. An absolute name stands for itself. */
export async function onPath(name: string): Promise<string | null> {
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

/** True where packages of Debian can be installed. */
export async function isDebianRoot(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*debian/m.test(release);
}

/** Installs a package of Debian; as root only. */
export async function installDebianPackage(name: string, say: (line: string) => void): Promise<void> {
  await command("apt-get", ["update", "-q"], say);
  await command("apt-get", ["install", "-y", "-q", "--no-install-recommends", name], say);
}

/** Runs a program with its output passed on; false when it fails or takes longer than five minutes. */
export function command(
  program: string,
  args: readonly string[],
  say: (line: string) => void,
): Promise<boolean> {
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
