import { spawn } from "node:child_process";
import path from "node:path";
import { readAccess } from "./access/read-files.ts";
import { buildIfNeeded } from "./build-if-needed.ts";
import { type Command, readCommandLine, usage } from "./command-line.ts";
import { describeError } from "./errors.ts";
import { startGateway } from "./index.ts";

const root = path.resolve(import.meta.dirname, "../..");

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2), process.env);
  if (command.help) return void process.stdout.write(usage);
  // The port first, as a wrong one should not cost the time of a build; nobody is told the address before it is built.
  const gateway = await start(command, readAccess(command, process.env, say));
  await buildIfNeeded(root, command.dev ? "runtime" : "everything", say);
  say(`Runnel is at ${gateway.url}`);
  if (gateway.remote)
    say("Other machines can reach it: they sign in, and steps reach public addresses only.");
  if (command.open) openBrowser(gateway.url);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => gateway.close().then(() => process.exit(0)));
  }
}

async function start(
  { port, host, indexUrl, dev, publicUrl }: Command,
  access: ReturnType<typeof readAccess>,
) {
  try {
    return await startGateway({
      appDir: path.join(root, "dist/app"),
      runtimeDir: path.join(root, "dist/runtime"),
      dev,
      ...access,
      ...(publicUrl === null ? {} : { publicUrl }),
      ...(port === null ? {} : { port }),
      ...(host === null ? {} : { host }),
      ...(indexUrl === null ? {} : { indexUrl }),
    });
  } catch (error) {
    const { code } = describeError(error);
    if (code === "EADDRINUSE") {
      throw new Error(
        `Port ${port} is in use. Choose another with --port, or leave it out to get a free one.`,
      );
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new Error(`${host} is no address of this machine. Choose one with --host, or 0.0.0.0 for all.`);
    if (code === "EACCES")
      throw new Error(`This user may not listen on port ${port}. Choose one above 1023 with --port.`);
    throw error;
  }
}

function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : ["xdg-open"];
  const opener = spawn(program ?? "", [...args, url], { stdio: "ignore", detached: true });
  opener.once("error", () => say("No browser could be opened; open the address yourself."));
  opener.unref();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error).message}\n`);
  process.exit(1);
});
