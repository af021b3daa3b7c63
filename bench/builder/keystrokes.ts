import type { Page } from "@playwright/test";
import { median } from "../network/times.ts";

/** Types `text` into the editor that has the focus: the median of milliseconds from a key to the frame that shows its letter. */
export async function keyToPaint(page: Page, text: string): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = [];
    const note = (event: KeyboardEvent) => {
      // From when the browser had it, which waiting for a busy page is part of.
      const start = event.timeStamp;
      requestAnimationFrame(() => {
        // The first task after the frame was drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - start);
        port2.postMessage(null);
      });
    };
    addEventListener("keydown", note, true);
    Object.assign(window, { keyTimes: times, stopNoting: () => removeEventListener("keydown", note, true) });
  });
  for (const letter of text) await page.keyboard.press(letter);
  await page.waitForFunction((count) => Reflect.get(window, "keyTimes").length >= count, text.length);
  const times = await page.evaluate(() => {
    Reflect.get(window, "stopNoting")();
    return Reflect.get(window, "keyTimes") as number[];
  });
  return median(times);
}
