import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { RunsPython } from "./python.ts";
import type { TestServers } from "./servers.ts";

/** What the cases take: where the servers are, and certificates as PEM texts. */
function casesInput({ ports, certificates }: TestServers) {
  const { good, selfSigned, client } = certificates;
  return {
    ports,
    pems: { good: good.cert, selfSigned: selfSigned.cert, client: client.cert, clientKey: client.key },
  };
}

const casesFolder = path.join(import.meta.dirname, "cases");

/** `works`: modules of functions that assert; `fails`: of functions that raise. */
export const CASES = {
  works: ["sockets_work", "http_works", "tls_works", "asyncio_works"],
  fails: ["connecting_fails", "transfers_fail", "tls_fails", "asyncio_fails"],
} as const;
export type CaseKind = keyof typeof CASES;

/** Where versions of CPython before 3.12.3 answer an end of the stream (gh-115627), the sandbox's 3.14 raises. */
export const LATER: Readonly<Record<string, string>> = {
  // 3.11.2, which Debian has, says that the connection was closed in good order.
  case_handshake_closed: "SSLEOFError",
  case_reset_tls_after_handshake: "ConnectionResetError",
  case_broken_pipe_tls: "BrokenPipeError",
};

/** Names of all cases of a kind. */
export function caseNames(kind: CaseKind): string[] {
  const sources = CASES[kind].map((module) => readFileSync(path.join(casesFolder, `${module}.py`), "utf8"));
  return [...sources.join("\n").matchAll(/^(?:async )?def (case_\w+)/gm)].map(([, name]) => String(name));
}

/** Runs cases in the sandbox; the answers by case. */
export async function runHere<Answer>(
  python: RunsPython,
  kind: CaseKind,
  servers: TestServers,
): Promise<Record<string, Answer>> {
  for (const file of readdirSync(casesFolder).filter((name) => name.endsWith(".py"))) {
    python.writeFile(`/cases/${file}`, readFileSync(path.join(casesFolder, file), "utf8"));
  }
  const answers = await python.run(
    `
import sys
async def run(kind, modules, given):
    sys.path.insert(0, "/cases")
    import runner
    return await runner.run(kind, modules.split(), given)
`,
    [kind, CASES[kind].join(" "), JSON.stringify(casesInput(servers))],
  );
  return JSON.parse(answers) as Record<string, Answer>;
}

/** Runs cases with the machine's own Python, which trusts the test's authority; the answers by case. */
export async function runNatively<Answer>(
  kind: CaseKind,
  servers: TestServers,
): Promise<Record<string, Answer>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "runnel-sockets-"));
  const authority = path.join(folder, "authority.pem");
  await writeFile(authority, servers.certificates.authority.cert);
  const python = spawn("python3", [path.join(casesFolder, "runner.py"), kind, ...CASES[kind]], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, SSL_CERT_FILE: authority, PYTHONDONTWRITEBYTECODE: "1" },
  });
  python.stdin.end(JSON.stringify(casesInput(servers)));
  const [output] = await Promise.all([text(python.stdout), once(python, "exit")]);
  return JSON.parse(output) as Record<string, Answer>;
}
