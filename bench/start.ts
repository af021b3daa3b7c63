import type { Page } from "@playwright/test";
import { startProduct } from "../e2e/product.ts";
import { type Points, pointsNote } from "./lib/points.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { startBaselines } from "./start/baselines.ts";
import { marksOf, noteText, timeToDone, withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Between two visits of one profile: what was loaded is stored by then. */
const SETTLE = 2000;

const inMilliseconds = (value: number) => `${Math.round(value).toLocaleString("en")} ms`;

type Visit = "cold" | "warm";
type Times = Record<Visit, number[]>;

/** From the navigation to Python's first output, beside Pyodide alone, each in fresh profiles and in warm ones. */
export async function run(): Promise<BenchRow[]> {
  const baselines = await startBaselines();
  const gateway = await startProduct();
  /** When each point of ours was reached, in milliseconds since the navigation. */
  const marks: Record<Visit, Points[]> = { cold: [], warm: [] };
  const contenders: Readonly<Record<string, (page: Page, kind: Visit) => Promise<number>>> = {
    bare: (page) => timeToDone(page, `${baselines.url}/bare`),
    pyscript: (page) => timeToDone(page, `${baselines.url}/pyscript`),
    runnel: async (page, kind) => {
      await page.addInitScript(noteText, "Python ready");
      const done = await timeToDone(page, gateway.url);
      marks[kind].push(await marksOf(page));
      return done;
    },
  };
  const times = new Map<string, Times>(
    Object.keys(contenders).map((name) => [name, { cold: [], warm: [] }] as const),
  );
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, visit] of Object.entries(contenders)) {
        await withProfile(async (context) => {
          for (const kind of ["cold", "warm"] as const) {
            const page = await context.newPage();
            times.get(name)?.[kind].push(await visit(page, kind));
            await page.waitForTimeout(SETTLE);
            await page.close();
          }
        });
      }
    }
  } finally {
    baselines.close();
    await gateway.close();
  }
  const of = (name: string, kind: Visit) => median(times.get(name)?.[kind] ?? []);
  return (["cold", "warm"] as const).flatMap((kind) => {
    const bare = of("bare", kind);
    const ratio = (name: string) => `${(of(name, kind) / bare).toFixed(2)}× bare loadPyodide`;
    return [
      { name: `bare loadPyodide in a worker to its first output, ${kind}`, median: inMilliseconds(bare) },
      {
        name: `PyScript's worker to its first output, ${kind}`,
        median: inMilliseconds(of("pyscript", kind)),
        ratio: ratio("pyscript"),
      },
      {
        name: `Runnel, navigation to Python ready, ${kind}`,
        median: inMilliseconds(of("runnel", kind)),
        ratio: ratio("runnel"),
        note: `goal ${kind === "cold" ? "0.30" : "0.20"}×; isolation included`,
      },
      {
        name: `of it, ${kind}: when each point was reached`,
        median: "",
        note: pointsNote(marks[kind]),
      },
    ];
  });
}
