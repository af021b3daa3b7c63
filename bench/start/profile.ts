import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { chromiumArgs } from "../../e2e/browser/chromium-args.ts";
import { findChromium } from "../../e2e/browser/find-chromium.ts";
import type { Points } from "../lib/points.ts";

let executablePath: Promise<string> | null = null;

/** A browser with a profile of its own, which is empty at first and gone in the end. */
export async function withProfile<Result>(
  work: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  executablePath ??= findChromium((line) => process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(path.join(os.tmpdir(), "runnel-bench-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await executablePath,
    args: [...chromiumArgs],
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 900 },
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Goes to a page that sets `window.done`, and tells how many milliseconds after the navigation that was. */
export async function timeToDone(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => "done" in window, null, { polling: 20, timeout: 120_000 });
  return page.evaluate(() => Number(Reflect.get(window, "done")));
}

/** Points of our own start that the page has marked, and the first time that it showed something. */
export async function marksOf(page: Page): Promise<Points> {
  const marks = await page.evaluate(() =>
    [...performance.getEntriesByType("mark"), ...performance.getEntriesByType("paint")]
      .filter(({ name }) => /^runnel: |^first-contentful/.test(name))
      .map(({ name, startTime }) => [name.replace("runnel: ", ""), startTime] as const),
  );
  return Object.fromEntries(marks);
}

/** From now on, whatever the page shows first of `text` is noted in `window.done`. Runs in the page. */
export function noteText(text: string): void {
  Reflect.deleteProperty(window, "done");
  const observer = new MutationObserver(look);
  function look(): void {
    if (!document.body?.textContent?.includes(text)) return;
    observer.disconnect();
    // Painted, not only there.
    requestAnimationFrame(() => setTimeout(() => Reflect.set(window, "done", performance.now())));
  }
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  look();
}
