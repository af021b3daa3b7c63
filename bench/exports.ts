import { readFileSync } from "node:fs";
import path from "node:path";
import { chromium, expect, type Page } from "@playwright/test";
import { findChromium } from "../e2e/browser/find-chromium.ts";
import { Runnel } from "../e2e/pages/runnel.ts";
import type { StepCard } from "../e2e/pages/step-card.ts";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";
import { startGateway } from "../src/gateway/index.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SIZE = 10_000_000;
const root = path.resolve(import.meta.dirname, "..");
const source = (name: string) => readFileSync(path.join(import.meta.dirname, "exports", name), "utf8");

/**
 * A nested export of 10 MB on its way from a handler's `return` to where the next handler has read it, by Python's own clock, beside
 * `json.loads(json.dumps(value))` of the same value in the same step. A secret is attached, so that the way includes masking.
 */
export async function run(): Promise<BenchRow[]> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const executablePath = await findChromium(say);
  await buildIfNeeded(root, "everything", say);
  const gateway = await startGateway({
    port: 0,
    appDir: path.join(root, "dist/app"),
    runtimeDir: path.join(root, "dist/runtime"),
  });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1600 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    const rounds: Round[] = [];
    const measure = await workflow(page, gateway.url);
    for (let round = 0; round <= ROUNDS; round += 1) {
      const measured = await measure();
      // The first round warms everything up.
      if (round > 0) rounds.push(measured);
    }
    const passing = median(rounds.map((round) => round.passing));
    const json = median(rounds.map((round) => round.json));
    const ratio = median(rounds.map((round) => round.passing / round.json));
    const longest = Math.max(...rounds.map((round) => round.longestTask));
    return [
      {
        name: "10 MB of exports to the next step",
        median: `${passing.toFixed(0)} ms`,
        ratio: `${ratio.toFixed(2)}× json.dumps + json.loads`,
        note: `json alone ${json.toFixed(0)} ms; longest task of the page ${longest.toFixed(0)} ms`,
        values: { passingMs: passing, jsonMs: json, ratio, longestTaskMs: longest },
      },
    ];
  } finally {
    await browser.close();
    await gateway.close();
  }
}

/** Milliseconds. */
interface Round {
  readonly passing: number;
  readonly json: number;
  /** Of the page's thread; 0 where none was over 50. */
  readonly longestTask: number;
}

async function workflow(page: Page, url: string): Promise<() => Promise<Round>> {
  const runnel = new Runnel(page, url);
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.add("MASKED", "a-value-that-is-looked-for");
  const builder = await (await runnel.goToWorkflows()).create();
  const leaves = await (await builder.addCode("trigger", "python", source("leaves.py"))).rename("leaves");
  const arrives = await (await builder.addCode("leaves", "python", source("arrives.py"))).rename("arrives");
  await builder.setEvent(JSON.stringify({ size: SIZE }));
  await builder.setTimeLimit(600);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: "longtask",
    });
  });
  return async () => {
    await page.evaluate(() => void Reflect.get(window, "longTasks").splice(0));
    const ran = await arrives.watchRunning();
    await builder.testWorkflow();
    await ran();
    await expect(arrives.status).toHaveText(/^(Success|Failed)/, { timeout: 600_000 });
    const numbers = { ...(await printed(leaves)), ...(await printed(arrives)) };
    const longestTask = await page.evaluate(() => Math.max(0, ...Reflect.get(window, "longTasks")));
    const { left = Number.NaN, arrived = Number.NaN, json = Number.NaN } = numbers;
    return { passing: (arrived - left) * 1000, json: json * 1000, longestTask };
  };
}

/** The numbers of a step's log, by the word before each. */
async function printed(step: StepCard): Promise<Record<string, number>> {
  await step.expectStatus("Success");
  const text = (await step.log.textContent()) ?? "";
  return Object.fromEntries(
    [...text.matchAll(/(json|left|arrived) ([\d.e+-]+)/g)].map(([, name, n]) => [name, Number(n)]),
  );
}
