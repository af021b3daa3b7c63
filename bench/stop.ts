import type { Page } from "@playwright/test";
import { endlessKinds, endlessStep, handlerOf } from "../e2e/endless.ts";
import { type Held, manyStops } from "../e2e/many-stops.ts";
import { Runnel } from "../e2e/pages/runnel.ts";
import type { StepCard } from "../e2e/pages/step-card.ts";
import { type RoundResult, testAndStop } from "../e2e/pages/test-and-stop.ts";
import { startProduct } from "../e2e/product.ts";
import { startSilent } from "../e2e/servers/silent.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Before a Test, in milliseconds: a person's pause, in which the next spare worker boots after a kill. */
const PAUSE = 1500;

/** One kind of endless step. */
interface Times {
  /** From pressing Stop until the card said so. */
  readonly stopped: readonly number[];
  /** From pressing Test, at once after a Stop, until the first log was there. */
  readonly next: readonly number[];
  /** The same after a second Stop, at once after the first. */
  readonly nextButOne: readonly number[];
}

/** How fast Stop is for each kind of endless step, and the Test after it; and what many of them leave behind. */
export async function run(): Promise<BenchRow[]> {
  const gateway = await startProduct();
  const silent = await startSilent();
  try {
    return await withProfile(async (context) => {
      const page = await context.newPage();
      const step = await openStep(page, gateway.url, silent.port);
      const plain = await plainTests(step);
      const times = new Map<string, Times>();
      for (const kind of endlessKinds) times.set(kind, await stops(step, endlessStep(kind, silent.port)));
      const plainLog = median([...plain, ...(await plainTests(step))]);
      return [
        ...[...times].map(([kind, measured]) => rowOf(kind, measured, plainLog)),
        leakRow(await manyStops(page, step)),
      ];
    });
  } finally {
    await silent.close();
    await gateway.close();
  }
}

async function openStep(page: Page, url: string, silentPort: number): Promise<StepCard> {
  // Code is pasted.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { builder, step } = await new Runnel(page, url).newStep("");
  await builder.networkAccess.open();
  await builder.networkAccess.add(`127.0.0.1:${silentPort}`);
  await builder.networkAccess.close();
  return step;
}

/** Until the first log of a step that nothing has stopped before. */
async function plainTests(step: StepCard): Promise<number[]> {
  await step.code.set(handlerOf('print("done")'));
  const rounds = await testAndStop(
    step.root,
    Array.from({ length: ROUNDS + 1 }, () => ({ stopAfter: "log" as const, pause: 200 })),
  );
  return rounds.slice(1).map(({ firstLog }) => firstLog ?? 0);
}

async function stops(step: StepCard, code: string): Promise<Times> {
  await step.code.set(code);
  const result: Record<keyof Times, number[]> = { stopped: [], next: [], nextButOne: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const three = await testAndStop(
      step.root,
      [PAUSE, 0, 0].map((pause) => ({ stopAfter: "log" as const, pause })),
    );
    const [, second, third] = three;
    result.stopped.push(...three.map((one: RoundResult) => one.stopped));
    result.next.push(second?.firstLog ?? 0);
    result.nextButOne.push(third?.firstLog ?? 0);
  }
  return result;
}

function rowOf(kind: string, { stopped, next, nextButOne }: Times, plainLog: number): BenchRow {
  const ratio = median(next) / plainLog;
  return {
    name: `Stop: ${kind}`,
    median: `${spread(stopped)} until Stopped`,
    ratio: `${ratio.toFixed(2)}× a Test with no Stop before it`,
    note: `goal 500 ms; the next Test's first log ${spread(next)}, after a second Stop at once ${spread(nextButOne)}`,
    values: {
      stoppedMs: median(stopped),
      stoppedMaxMs: Math.max(...stopped),
      nextLogMs: median(next),
      nextLogMaxMs: Math.max(...next),
      nextLogAfterTwoMs: median(nextButOne),
      nextLogAfterTwoMaxMs: Math.max(...nextButOne),
      plainLogMs: plainLog,
    },
  };
}

const spread = (values: readonly number[]) =>
  `${Math.round(median(values))} ms (at most ${Math.round(Math.max(...values))})`;

function leakRow({ before, after }: { readonly before: Held; readonly after: Held }): BenchRow {
  const ratio = after.bytes / before.bytes;
  const megabytes = ({ bytes }: Held) => (bytes / 1e6).toFixed(1);
  return {
    name: "50 stops, 10 of them kills: the page's memory",
    median: `${megabytes(before)} → ${megabytes(after)} MB`,
    ratio: `${ratio.toFixed(2)}×`,
    note: `goal 1.10×; objects of Python ${before.objects} → ${after.objects}; no worker is left over`,
    values: { bytesBefore: before.bytes, bytesAfter: after.bytes, ratio },
  };
}
