import type { Page } from "@playwright/test";
import { Runnel } from "../e2e/pages/runnel.ts";
import type { StepCard } from "../e2e/pages/step-card.ts";
import { startProduct } from "../e2e/product.ts";
import { PAINTED, pressed, pressedAfterStop } from "./latency/press.ts";
import { notePoints, type Points, pointsNote } from "./lib/points.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { startBaselines } from "./start/baselines.ts";
import { withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const STOPS = 5;
const SETTLE = 500;

/** Each run's log is another one, so that an old one is not taken for the new. */
const LOG = `import time\n\ndef handler(pd: "pipedream"):\n    print("first log", time.time_ns())\n`;
const BUSY = `${LOG}    while True: pass\n`;
const STUBBORN = `${LOG}    while True:\n        try:\n            while True: pass\n        except BaseException:\n            pass\n`;

/**
 * With Python ready: from pressing Test to the first log painted, beside a bare worker that is called and whose answer is painted;
 * and the same right after a Stop, which the interrupt serves or, where the code holds out, the spare worker.
 */
export async function run(): Promise<BenchRow[]> {
  const baselines = await startBaselines();
  const gateway = await startProduct();
  const times = {
    bare: [] as number[],
    ours: [] as Points[],
    interrupted: [] as Points[],
    killed: [] as Points[],
  };
  try {
    await withProfile(async (context) => {
      const bare = await context.newPage();
      await bare.goto(`${baselines.url}/bare-call`);
      await bare.waitForFunction(() => "call" in window);
      // Code is pasted.
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const page = await context.newPage();
      await notePoints(page, {
        sent: { "begin-run": "run begun", step: "step sent" },
        heard: { running: "worker says that the code begins", output: "log in the page" },
      });
      const runnel = new Runnel(page, gateway.url);
      const { builder, step } = await runnel.newStep(LOG);
      await step.test();
      await step.expectStatus("Success");
      await step.show("Logs");
      for (let round = 0; round < ROUNDS; round++) {
        await settle(bare);
        times.bare.push(await bare.evaluate(() => (Reflect.get(window, "call") as () => Promise<number>)()));
        await settle(page);
        times.ours.push(await pressed(step));
        await step.expectStatus("Success");
      }
      const busy = await builder.addCode("python", "python_2", BUSY);
      times.interrupted.push(...(await afterStops(page, busy)));
      const stubborn = await builder.addCode("python_2", "python_3", STUBBORN);
      times.killed.push(...(await afterStops(page, stubborn)));
    });
  } finally {
    baselines.close();
    await gateway.close();
  }
  const bare = median(times.bare);
  const row = (name: string, points: readonly Points[], note: string): BenchRow => {
    const ms = median(points.map((point) => point[PAINTED] ?? Number.NaN));
    return {
      name,
      median: inMilliseconds(ms),
      ratio: `${(ms - bare).toFixed(0)} ms more than bare`,
      note,
      values: { ms, bareMs: bare },
    };
  };
  return [
    { name: "a bare Pyodide worker called, its print painted", median: inMilliseconds(bare) },
    row("Test to the first log painted, Python ready", times.ours, "goal: 25 ms more"),
    { name: "of it: when each point was reached", median: "", note: pointsNote(times.ours, 1) },
    row(
      "the same right after a Stop by interrupt",
      times.interrupted,
      "goal: under 20 ms more than without a Stop",
    ),
    { name: "of it: when each point was reached", median: "", note: pointsNote(times.interrupted, 1) },
    row(
      "the same right after a Stop that ended the worker",
      times.killed,
      "goal: as before where the spare serves, 500 ms always",
    ),
    { name: "of it: when each point was reached", median: "", note: pointsNote(times.killed, 1) },
  ];
}

/** Goes to a tab, and lets it draw itself: that is no part of what is measured. */
async function settle(page: Page): Promise<void> {
  await page.bringToFront();
  await page.waitForTimeout(SETTLE);
}

async function afterStops(page: Page, step: StepCard): Promise<Points[]> {
  const times: Points[] = [];
  await pressed(step);
  for (let round = 0; round < STOPS; round++) {
    // A spare worker is up by then, as with a person who reads the log before pressing Stop.
    await page.waitForTimeout(3000);
    times.push(await pressedAfterStop(step));
  }
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  return times;
}

const inMilliseconds = (value: number) => `${value.toFixed(0)} ms`;
