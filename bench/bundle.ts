import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { Runnel } from "../e2e/pages/runnel.ts";
import { startProduct } from "../e2e/product.ts";
import type { BenchRow } from "./run.ts";
import { withProfile } from "./start/profile.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** What a first visit loads of scripts and styles, gzip, until each page stands; Monaco apart. */
export async function run(): Promise<BenchRow[]> {
  const gateway = await startProduct();
  try {
    return await withProfile(async (context) => {
      const page = await context.newPage();
      const loaded = collect(page);
      const runnel = new Runnel(page, gateway.url);
      const html = await page.request.get(gateway.url).then((answer) => answer.text());
      const workflows = await runnel.open();
      await workflows.newButton.waitFor();
      const list = await loaded();
      const entry = list.filter(({ name }) => html.includes(name));
      const builder = await workflows.create();
      await builder.addCode("trigger", "python");
      const all = await loaded();
      const monaco = all.filter(({ isMonaco }) => isMonaco);
      const rest = all.filter((file) => !monaco.includes(file));
      return [
        row("entry: what index.html itself loads", entry, "goal: under 150 kB"),
        row("until the list of workflows stands", list),
        row("until a step's code stands in the builder, Monaco apart", rest),
        row("Monaco, on demand", monaco),
      ];
    });
  } finally {
    await gateway.close();
  }
}

interface LoadedFile {
  readonly name: string;
  /** Gzip, in bytes. */
  readonly size: number;
  /** By what stands in it: a chunk bears the name of any of its modules. */
  readonly isMonaco: boolean;
}

/** Gathers scripts and styles; the function gives all so far. */
function collect(page: Page): () => Promise<readonly LoadedFile[]> {
  const files = new Map<string, Promise<LoadedFile>>();
  page.on("response", (response: Response) => {
    const name = new URL(response.url()).pathname;
    if (!/\/assets\/.*\.(js|css)$/.test(name)) return;
    files.set(
      name,
      response.body().then((body) => ({
        name,
        size: gzipSync(body, { level: 9 }).length,
        isMonaco: /editor\.worker/.test(name) || body.includes("monaco-aria-container"),
      })),
    );
  });
  return async () => {
    // What the last click asked for has come by then.
    await page.waitForTimeout(1500);
    return Promise.all(files.values());
  };
}

function row(name: string, files: readonly LoadedFile[], note = ""): BenchRow {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return {
    name: `bundle: ${name}`,
    median: `${kilobytes(bytes)} gzip`,
    note: [`${files.length} files`, note].filter(Boolean).join("; "),
    values: { gzipBytes: bytes },
  };
}
