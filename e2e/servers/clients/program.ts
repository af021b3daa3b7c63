import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, chown, constants, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A server program of the system that is neither there nor can be installed. */
export class ProgramMissing extends Error {}

/**
 * The path of a program; installs Debian's package where it is missing and this is Debian's root. `folders`: where
 * it is besides PATH. Throws ProgramMissing.
 */
export async function program(
  name: string,
  debianPackage: string,
  folders: readonly string[] = [],
): Promise<string> {
  const found = await find(name, folders);
  if (found) return found;
  const problem = await install(debianPackage);
  const installed = await find(name, folders);
  if (installed) return installed;
  throw new ProgramMissing(
    `${name} is needed for this test (Debian: apt-get install ${debianPackage}). ${problem}`,
  );
}

async function find(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of [...folders, ...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"]) {
    const candidate = path.join(folder, name);
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return candidate;
  }
  return null;
}

async function install(debianPackage: string): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (process.getuid?.() !== 0 || !/^ID(_LIKE)?=.*debian/m.test(release))
    return "Only Debian's root can install it.";
  process.stdout.write(`Installing Debian's ${debianPackage} …\n`);
  const get = "apt-get -o DPkg::Lock::Timeout=300 -y -q";
  const command = `${get} install --no-install-recommends ${debianPackage} || (${get} update && ${get} install --no-install-recommends ${debianPackage})`;
  try {
    // Two workers may want to install at the same time; no service is started by it.
    await execute("flock", ["/tmp/runnel-apt.lock", "sh", "-c", command], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
      timeout: 300_000,
    });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Folders of programs that Debian keeps by version, the newest first. */
export async function versionFolders(parent: string): Promise<string[]> {
  const versions = await readdir(parent).catch(() => []);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => path.join(parent, version, "bin"));
}

/** A database server refuses to be root: `nobody`, where the tests are. */
const plainUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** An empty folder of a server's own. */
export async function serverFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "runnel-server-"));
  if (plainUser.uid !== undefined) await chown(folder, plainUser.uid, plainUser.gid);
  return folder;
}

/** Runs a program to its end as a user without rights. */
export async function runPlain(file: string, args: readonly string[], cwd: string): Promise<void> {
  await execute(file, [...args], { ...plainUser, cwd, env: { ...process.env, HOME: cwd } });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

export interface RunningProgram {
  readonly port: number;
  /** Ends the program and removes its folder. */
  close(): Promise<void>;
}

/** Starts a server as a user without rights; resolves once it says `ready`, and removes its folder in the end. */
export async function startPlain(
  file: string,
  args: readonly string[],
  { port, folder, ready }: { readonly port: number; readonly folder: string; readonly ready: RegExp },
): Promise<RunningProgram> {
  const child = spawn(file, [...args], { ...plainUser, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  try {
    await said(child, ready);
  } catch (error) {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    async close() {
      const ended = once(child, "exit");
      // What it holds is thrown away: it need not write anything down.
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function said(child: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const hear = (data: Buffer) => {
      output += String(data);
      if (ready.test(output)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}:\n${output}`)));
  });
}
