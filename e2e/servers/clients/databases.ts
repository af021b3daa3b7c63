/** Real database servers of the system, each on a free port and a folder of its own. */
import { chmod, chown, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Certificate } from "../certificates.ts";
import {
  freePort,
  program,
  type RunningProgram,
  runPlain,
  serverFolder,
  startPlain,
  versionFolders,
} from "./program.ts";

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Redis with a password. */
export async function startRedis(password: string): Promise<RunningProgram> {
  const file = await program("redis-server", "redis-server");
  const [port, folder] = [await freePort(), await serverFolder()];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--requirepass", password];
  return startPlain(file, [...args, "--save", "", "--appendonly", "no"], {
    port,
    folder,
    ready: /Ready to accept connections/,
  });
}

/** PostgreSQL with one user that signs in by password (SCRAM), and TLS for those that ask for it. */
export async function startPostgres(
  { user, password }: Login,
  certificate: Certificate,
): Promise<RunningProgram> {
  const server = "/usr/lib/postgresql";
  await program("postgres", "postgresql", await versionFolders(server));
  // Only now its folder is sure to be there.
  const folders = await versionFolders(server);
  const postgres = await program("postgres", "postgresql", folders);
  const initdb = await program("initdb", "postgresql", folders);
  const [port, folder] = [await freePort(), await serverFolder()];
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, password);
  await chmod(passwordFile, 0o644);
  const data = path.join(folder, "data");
  const made = ["-D", data, "-U", user, "-A", "scram-sha-256", "--pwfile", passwordFile];
  await runPlain(initdb, [...made, "-N", "-E", "UTF8", "--locale", "C"], folder);
  const options = await certificateFiles(folder, certificate);
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "fsync=off",
    "ssl=on",
    `ssl_cert_file=${options.cert}`,
    `ssl_key_file=${options.key}`,
  ];
  return startPlain(postgres, ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
    port,
    folder,
    ready: /database system is ready to accept connections/,
  });
}

/** MariaDB with one user and a database `test`, and TLS for those that ask for it. */
export async function startMariaDb(
  { user, password }: Login,
  certificate: Certificate,
): Promise<RunningProgram> {
  const mariadbd = await program("mariadbd", "mariadb-server");
  const install = await program("mariadb-install-db", "mariadb-server");
  const [port, folder] = [await freePort(), await serverFolder()];
  const data = path.join(folder, "data");
  const common = [
    "--no-defaults",
    `--datadir=${data}`,
    "--innodb-log-file-size=4M",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
  ];
  await runPlain(install, [...common, "--auth-root-authentication-method=normal", "--skip-test-db"], folder);
  const start = path.join(folder, "start.sql");
  const statements = [
    "CREATE DATABASE test;",
    `CREATE USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON test.* TO '${user}'@'127.0.0.1';`,
  ];
  await writeFile(start, `${statements.join("\n")}\n`);
  const { cert, key } = await certificateFiles(folder, certificate);
  const args = [
    ...common,
    `--init-file=${start}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--socket=${path.join(folder, "socket")}`,
    `--pid-file=${path.join(folder, "pid")}`,
    `--ssl-cert=${cert}`,
    `--ssl-key=${key}`,
  ];
  return startPlain(mariadbd, args, { port, folder, ready: /ready for connections/ });
}

/** A certificate as files of the folder's owner, which nobody else may read: servers insist on it. */
async function certificateFiles(folder: string, certificate: Certificate) {
  const files = { cert: path.join(folder, "server.crt"), key: path.join(folder, "server.key") };
  await writeFile(files.cert, certificate.cert);
  await writeFile(files.key, certificate.key, { mode: 0o600 });
  if (process.getuid?.() === 0) await chown(files.key, 65_534, 65_534);
  return files;
}
