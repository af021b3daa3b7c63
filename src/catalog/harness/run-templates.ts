import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installPackages } from "./python-packages.ts";

/** One step to run, as `run_templates.py` takes it. */
export interface TemplateCase {
  /** Key of the report; several cases may be of one app. */
  readonly id: string;
  readonly slug: string;
  readonly code: string;
  readonly auth: Readonly<Record<string, string>>;
  /** What the local server answers, by path; anything else gets a small JSON object. */
  readonly answers: readonly { readonly path: string; readonly type: string; readonly body: string }[];
}

export interface SentRequest {
  readonly method: string;
  readonly host: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** The host that TLS asked for; null for plain HTTP. */
  readonly tlsHost: string | null;
}

export interface TemplateReport {
  readonly requests: readonly SentRequest[];
  readonly logins: readonly {
    readonly protocol: string;
    readonly user: string;
    readonly database: string;
    readonly passwordFits: boolean;
  }[];
  /** `host:port` of every name that was looked up. */
  readonly connections: readonly string[];
  readonly result: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly error: string | null;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Runs all cases in one Python process.
 * @returns the reports by the cases' ids, or why Python's packages can't be had
 * @throws Error with Python's own words where the harness itself fails
 */
export async function runTemplates(
  cases: readonly TemplateCase[],
): Promise<{ reports: Readonly<Record<string, TemplateReport>> } | { problem: string }> {
  const packages = await installPackages(here("requirements.txt"), here("../../../.cache/catalog"));
  if ("problem" in packages) return packages;
  const output = await python(here("run_templates.py"), packages.folder, JSON.stringify({ cases }));
  return { reports: JSON.parse(output) as Record<string, TemplateReport> };
}

function python(script: string, packages: string, input: string): Promise<string> {
  const child = spawn("python3", [script], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PYTHONPATH: packages,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  let output = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`run_templates.py ended with ${code}:\n${complaints}`));
    });
  });
}
