import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Installs `requirements.txt` with the machine's own pip into a folder under `.cache/`, once for each content
 * of the file and version of Python.
 * @returns the folder to put on `PYTHONPATH`, or a sentence that says why there is none
 */
export async function installPackages(
  requirements: string,
  cacheFolder: string,
): Promise<{ folder: string } | { problem: string }> {
  try {
    const { stdout } = await run("python3", ["-c", "import sys; print(sys.version, sys.platform)"]);
    const key = createHash("sha256").update(stdout).update(readFileSync(requirements)).digest("hex");
    const folder = join(cacheFolder, `python-${key.slice(0, 16)}`);
    if (existsSync(folder)) return { folder };
    mkdirSync(cacheFolder, { recursive: true });
    const unfinished = `${folder}.${process.pid}`;
    try {
      await run("python3", ["-m", "pip", "install", "--quiet", "--target", unfinished, "-r", requirements]);
      // Another process may have been quicker; its folder holds the same.
      if (!existsSync(folder)) renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return { folder };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.trim() : String(error) };
  }
}
