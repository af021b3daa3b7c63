import { startProduct } from "../e2e/product.ts";
import { barePyodide } from "./log-flood/bare.ts";
import { type Flood, floods } from "./log-flood/floods.ts";
import { type Measured, stepOfTheProduct } from "./log-flood/step.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { startBaselines } from "./start/baselines.ts";
import { withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

/** Floods of output of a step, beside the same Python in bare Pyodide whose output goes nowhere; and how the page bears them. */
export async function run(): Promise<BenchRow[]> {
  const baselines = await startBaselines();
  const gateway = await startProduct();
  const bareTimes = new Map<Flood, number[]>(floods.map((flood) => [flood, []]));
  const ours = new Map<Flood, Measured[]>(floods.map((flood) => [flood, []]));
  try {
    await withProfile(async (context) => {
      const bare = await barePyodide(await context.newPage(), baselines.url);
      const page = await context.newPage();
      const step = await stepOfTheProduct(page, gateway.url);
      for (let round = 0; round < ROUNDS; round++) {
        for (const flood of floods) {
          bareTimes.get(flood)?.push(await bare(flood));
          ours.get(flood)?.push(await step(flood));
        }
      }
    });
  } finally {
    baselines.close();
    await gateway.close();
  }
  return floods.map((flood) => rowOf(flood, bareTimes.get(flood) ?? [], ours.get(flood) ?? []));
}

function rowOf({ name, amount, unit }: Flood, bare: readonly number[], ours: readonly Measured[]): BenchRow {
  const seconds = median(ours.map((one) => one.seconds));
  const ratio = seconds / median(bare);
  const longestTask = Math.max(...ours.map((one) => one.longestTask));
  const longestFrame = Math.max(...ours.map((one) => one.longestFrame));
  const rate = amount / seconds;
  // The browser tells of none that is shorter.
  const task = longestTask === 0 ? "no task over 50 ms" : `longest task ${Math.round(longestTask)} ms`;
  return {
    name: `Log flood, ${name}`,
    median: `${seconds.toFixed(2)} s, ${Math.round(rate).toLocaleString("en")} ${unit}/s`,
    ratio: `${ratio.toFixed(2)}× bare Pyodide with no output`,
    note: `${task}, goal 100; longest pause between frames ${Math.round(longestFrame)} ms`,
    values: { seconds, ratio, longestTaskMs: longestTask, longestFrameMs: longestFrame },
  };
}
