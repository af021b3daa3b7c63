import { expect, type Page } from "@playwright/test";
import { Runnel } from "../../e2e/pages/runnel.ts";
import { type Flood, program } from "./floods.ts";

/** One flood in the product, times in milliseconds. */
export interface Measured {
  readonly seconds: number;
  /** Of the page's thread. */
  readonly longestTask: number;
  /** Between two frames that the page has drawn. */
  readonly longestFrame: number;
}

/** A step of the product. Gives what measures a flood in it. */
export async function stepOfTheProduct(
  page: Page,
  url: string,
): Promise<(flood: Flood) => Promise<Measured>> {
  // Code is pasted.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { builder, step } = await new Runnel(page, url).newStep("");
  await builder.setTimeLimit(600);
  await page.evaluate(noteFrames);
  return async (flood) => {
    const body = program(flood).replaceAll("\n", "\n    ");
    await step.code.set(`def handler(pd: "pipedream"):\n    ${body}\n    print("took", seconds)\n`);
    await page.evaluate(() => Reflect.set(window, "noted", { task: 0, frame: 0 }));
    await step.testAgain();
    await expect(step.status).toHaveText(/^(Success|Failed)/, { timeout: 600_000 });
    await step.expectStatus("Success");
    await step.expectLog(/took [\d.]+/);
    const { task, frame } = await page.evaluate(
      () => Reflect.get(window, "noted") as { readonly task: number; readonly frame: number },
    );
    const seconds = /took ([\d.]+)/.exec((await step.log.textContent()) ?? "")?.[1];
    return { seconds: Number(seconds), longestTask: task, longestFrame: frame };
  };
}

/** Notes the longest task and the longest pause between two frames in `window.noted`. Runs in the page. */
function noteFrames(): void {
  const note = (what: "task" | "frame", time: number) => {
    const noted = Reflect.get(window, "noted") as Record<"task" | "frame", number> | undefined;
    if (noted) noted[what] = Math.max(noted[what], time);
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) note("task", duration);
  }).observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now: number) => {
    note("frame", now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
