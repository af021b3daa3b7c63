/** Builds dist/runtime: Pyodide's files, the memory snapshot, the sandboxed frame and its worker, each with a Brotli copy. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { framePolicy, withMetaPolicy } from "../../lib/content-policy.ts";
import { type LockFile, RUNTIME_FILES, type RuntimeManifest } from "../messages.ts";
import { packSnapshot } from "../shared/sparse-snapshot.ts";
import { bundle } from "./bundle.ts";
import { cached } from "./cache.ts";
import { readDistributionLock } from "./lock-file.ts";
import { readMicropip } from "./micropip.ts";
import { outDir, pyodideDir, root, sha256 } from "./paths.ts";
import { readPythonSources } from "./python-sources.ts";
import { makeSnapshot } from "./snapshot.ts";

const brotli = promisify(zlib.brotliCompress);

const say = (text: string) => process.stdout.write(`${text}\n`);

say("Building the Python runtime…");
rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });

const distribution = readDistributionLock();
const micropip = await readMicropip(distribution.micropipVersion);
const sources = readPythonSources();
const { snapshot, plan } = await makeSnapshot(sources);
const lock: LockFile = {
  lock: distribution.lock,
  packages: { purePackages: distribution.purePackages, imports: distribution.imports },
};
const workerScript = await bundle(path.join(root, "src/runtime/worker/main.ts"), "es");
const frameScript = await bundle(path.join(root, "src/runtime/frame/frame.ts"), "iife", {
  WORKER_SCRIPT: JSON.stringify(workerScript),
});
const frameHtml = readFileSync(path.join(root, "src/runtime/frame/frame.html"), "utf8");

const write = (name: string, data: string | Uint8Array) => writeFileSync(path.join(outDir, name), data);
for (const file of [
  RUNTIME_FILES.wasm,
  RUNTIME_FILES.stdlib,
  RUNTIME_FILES.pyodide,
  RUNTIME_FILES.pyodideAsm,
]) {
  copyFileSync(path.join(pyodideDir, file), path.join(outDir, file));
}
write(RUNTIME_FILES.snapshot, packSnapshot(snapshot, plan));
write(RUNTIME_FILES.sources, JSON.stringify(sources));
write(RUNTIME_FILES.micropip, micropip.archive);
write(RUNTIME_FILES.lock, JSON.stringify(lock));
// A function as the replacement: the script may hold `$&` and the like.
const html = frameHtml.replace("/*FRAME*/", () => frameScript.replaceAll("</script", "<\\/script"));
write("frame.html", withMetaPolicy(html, framePolicy(html)));

const pyodidePackage = JSON.parse(readFileSync(path.join(pyodideDir, "package.json"), "utf8")) as {
  version: string;
};
const contents = readdirSync(outDir)
  .sort()
  .map((name) => [name, sha256(readFileSync(path.join(outDir, name)))]);
const manifest: RuntimeManifest = {
  version: sha256(JSON.stringify(contents)).slice(0, 16),
  pythonVersion: distribution.pythonVersion,
  pyodideVersion: pyodidePackage.version,
  defaultIndexUrl: micropip.defaultIndexUrl,
  distributionUrl: micropip.distributionUrl,
  distribution: distribution.files,
};
for (const name of readdirSync(outDir)) {
  if (!/\.(zip|html)$/.test(name)) await compress(path.join(outDir, name));
}
// Last: by it is told that the runtime is built.
write("manifest.json", JSON.stringify(manifest));
say(`Python runtime ${manifest.version} in ${path.relative(root, outDir)}`);

/** Writes `file.br`, taken from the cache where the same bytes were compressed before: the snapshot takes many seconds. */
async function compress(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = {
    [BROTLI_PARAM_QUALITY]: bytes.length > 4_000_000 ? 9 : 11,
    [BROTLI_PARAM_LGWIN]: 24,
    [BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const compressed = await cached(`${sha256(bytes).slice(0, 24)}.br`, () => brotli(bytes, { params }));
  writeFileSync(`${file}.br`, compressed);
}
