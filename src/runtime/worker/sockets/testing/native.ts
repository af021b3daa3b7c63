import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { TestServers } from "./servers.ts";

/** What the case files take: where the servers are, and certificates as PEM texts. */
export function casesInput({ ports, certificates }: TestServers) {
  const { good, selfSigned, client } = certificates;
  return {
    ports,
    pems: { good: good.cert, selfSigned: selfSigned.cert, client: client.cert, clientKey: client.key },
  };
}

/** Runs one of the case files with the machine's own Python, which trusts the test's authority; its answers by case. */
export async function runNatively<Answer>(
  file: string,
  servers: TestServers,
): Promise<Record<string, Answer>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "runnel-sockets-"));
  const authority = path.join(folder, "authority.pem");
  await writeFile(authority, servers.certificates.authority.cert);
  const python = spawn("python3", [file], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, SSL_CERT_FILE: authority },
  });
  python.stdin.end(JSON.stringify(casesInput(servers)));
  const [output] = await Promise.all([text(python.stdout), once(python, "exit")]);
  return JSON.parse(output) as Record<string, Answer>;
}
