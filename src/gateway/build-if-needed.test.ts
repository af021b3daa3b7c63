// @vitest-environment node
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { buildIfNeeded } from "./build-if-needed.ts";
import { temporaryFolder } from "./testing/page.ts";

let root: string;
let said: string[];

/** A checkout whose two builds only note that they ran. */
beforeEach(async () => {
  root = await temporaryFolder();
  said = [];
  const script = (name: string, result: string) => `
    import fs from "node:fs";
    fs.mkdirSync("dist/${name}", { recursive: true });
    fs.appendFileSync("built", "${name} ");
    fs.writeFileSync("dist/${name}/${result}", "");`;
  await put("src/runtime/build/build-runtime.ts", script("runtime", "manifest.json"));
  await put("node_modules/vite/bin/vite.js", script("app", "index.html"));
  await put("node_modules/vite/package.json", '{"type":"module"}');
  await put("package.json", '{"type":"module"}');
  await put("index.html", "");
  await put("src/main.ts", "");
  await put("src/gateway/server.ts", "");
});

async function put(name: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), content);
}

/** As if the file had been changed a minute after now. */
async function change(name: string): Promise<void> {
  await put(name, "changed");
  const later = new Date(Date.now() + 60_000);
  await utimes(path.join(root, name), later, later);
}

async function built(only: "everything" | "runtime" = "everything"): Promise<string> {
  await writeFile(path.join(root, "built"), "");
  await buildIfNeeded(root, only, (line) => said.push(line));
  return readFile(path.join(root, "built"), "utf8");
}

test("what is missing is built, with a line for each part; what is there is not built again", async () => {
  expect(await built()).toBe("runtime app ");
  expect(said).toMatchObject(
    [
      /Building the Python runtime/,
      /Built the Python runtime in [\d.]+ s/,
      /Building the app/,
      /Built the app/,
    ].map((pattern) => expect.stringMatching(pattern)),
  );
  expect(await built()).toBe("");
});

test("what is older than its sources is built again, and only that", async () => {
  await built();
  await change("src/main.ts");
  expect(await built()).toBe("app ");
  await built();
  await change("src/runtime/worker/main.ts");
  expect(await built()).toBe("runtime app ");
});

test("a test or the gateway itself is part of no build", async () => {
  await built();
  await change("src/editor/editor.test.tsx");
  await change("src/gateway/server.ts");
  await change("src/runtime/python/pipedream/test_export.py");
  expect(await built()).toBe("");
});

test("in development only the runtime is built", async () => {
  expect(await built("runtime")).toBe("runtime ");
});

test("a build that fails says which one, and its last lines without endless ones", async () => {
  await put(
    "src/runtime/build/build-runtime.ts",
    'console.log("x".repeat(100_000)); console.error("the reason"); process.exit(1);',
  );
  const failure = await built().catch((error: Error) => error.message);
  expect(failure).toMatch(/^Building the Python runtime failed:/);
  expect(failure).toContain("the reason");
  expect(failure.length).toBeLessThan(1000);
});
