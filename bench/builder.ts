import { expect, type Page } from "@playwright/test";
import { Runnel } from "../e2e/pages/runnel.ts";
import { startProduct } from "../e2e/product.ts";
import { startBareMonaco } from "./builder/bare-monaco.ts";
import { keyToPaint } from "./builder/keystrokes.ts";
import { workflowFile } from "./builder/workflow-file.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { noteText, timeToDone, withProfile } from "./start/profile.ts";

const STEPS = 500;
const FEW = 5;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Python, the language server and Ruff. */
const WORKERS = 3;
/** Letters that complete nothing and close nothing, typed at the end of a comment. */
const TYPED = "thequickbrownfoxjumps";

const inMilliseconds = (value: number) => `${value.toFixed(1)} ms`;

/** The builder with 500 steps: how long it takes to open, and from a key to the letter on the screen, beside a bare Monaco. */
export async function run(): Promise<BenchRow[]> {
  const gateway = await startProduct();
  const bare = await startBareMonaco();
  const opening = new Map<number, number[]>([FEW, STEPS].map((count) => [count, []]));
  const keys = new Map<string, number[]>(["bare", "runnel"].map((name) => [name, []]));
  try {
    await withProfile(async (context) => {
      const page = await context.newPage();
      const urls = new Map<number, string>();
      for (const count of [FEW, STEPS]) urls.set(count, await importWorkflow(page, gateway.url, count));
      await page.close();
      for (let round = 0; round < ROUNDS; round++) {
        for (const [count, url] of urls) opening.get(count)?.push(await open(await context.newPage(), url));
        const [ours, theirs] = [await context.newPage(), await context.newPage()];
        keys.get("runnel")?.push(await type(ours, urls.get(STEPS) ?? "", WORKERS));
        keys.get("bare")?.push(await type(theirs, bare.url, 0));
        await Promise.all([ours.close(), theirs.close()]);
      }
    });
  } finally {
    await bare.close();
    await gateway.close();
  }
  const openTime = (count: number) => median(opening.get(count) ?? []);
  const keyTime = (name: string) => median(keys.get(name) ?? []);
  return [
    {
      name: `builder with ${STEPS} steps: navigation to the first card on the screen, warm`,
      median: inMilliseconds(openTime(STEPS)),
      ratio: `${(openTime(STEPS) / openTime(FEW)).toFixed(2)}× with ${FEW} steps`,
    },
    {
      name: `builder with ${STEPS} steps: key to paint`,
      median: inMilliseconds(keyTime("runnel")),
      ratio: `${(keyTime("runnel") / keyTime("bare")).toFixed(2)}× a bare Monaco`,
      note: `bare Monaco ${inMilliseconds(keyTime("bare"))}`,
    },
  ];
}

/** The address of a new workflow of `count` steps. */
async function importWorkflow(page: Page, url: string, count: number): Promise<string> {
  const builder = await (await new Runnel(page, url).open()).import(workflowFile(count));
  await expect(builder.cards).toHaveCount(count + 1, { timeout: 60_000 });
  await builder.expectSaved();
  return page.url();
}

async function open(page: Page, url: string): Promise<number> {
  await page.addInitScript(noteText, "Step number 1");
  const time = await timeToDone(page, url);
  await page.close();
  return time;
}

/** Types into the first editor of a page, once it has settled: it has started at least so many workers. */
async function type(page: Page, url: string, workers: number): Promise<number> {
  await page.goto(url);
  const lines = page.locator(".monaco-editor .view-lines").filter({ hasText: "def handler" }).first();
  await lines.click({ position: { x: 20, y: 10 } });
  await page.keyboard.press("End");
  await page.keyboard.type("  # ");
  // What starts with the page, or once it is quiet, is over: Python and the language server.
  await expect.poll(() => page.workers().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(workers);
  await page.waitForTimeout(4000);
  return keyToPaint(page, TYPED);
}
