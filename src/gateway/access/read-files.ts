import { readFileSync, statSync } from "node:fs";

/** What the command line and the environment say about access, files not read yet. */
export interface AccessFiles {
  readonly passwordFile: string | null;
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
}

/**
 * Reads the password and the certificate. `RUNNEL_PASSWORD` is taken out of the environment, so that no program started later
 * inherits it. `warn` hears of a password file that others can read. Throws an Error about a file that can't be read.
 */
export function readAccess(files: AccessFiles, env: NodeJS.ProcessEnv, warn: (line: string) => void) {
  const given = env.RUNNEL_PASSWORD;
  delete env.RUNNEL_PASSWORD;
  const { passwordFile, tlsCert, tlsKey } = files;
  const password = passwordFile === null ? given : readPassword(passwordFile, warn);
  const tls =
    tlsCert !== null && tlsKey !== null
      ? { cert: read(tlsCert, "--tls-cert"), key: read(tlsKey, "--tls-key") }
      : null;
  return { ...(password ? { password } : {}), ...(tls ? { tls } : {}) };
}

function readPassword(file: string, warn: (line: string) => void): string {
  // Its line end is no part of it.
  const password = read(file, "--password-file").replace(/\r?\n$/, "");
  if (password === "") throw new Error(`The file of --password-file is empty: ${file}`);
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0)
    warn(`Others on this machine can read the password file. Better: chmod 600 ${file}`);
  return password;
}

function read(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The file of ${option} can't be read: ${reason}`);
  }
}
