import type { StepCard } from "../../e2e/pages/step-card.ts";
import type { Points } from "../lib/points.ts";

/** The last point. */
export const PAINTED = "painted";

/** Presses Test. */
export function pressed(step: StepCard): Promise<Points> {
  return step.testButton.evaluate(timeLog, PAINTED);
}

/** Presses Stop, and Test as soon as it can be pressed. */
export async function pressedAfterStop(step: StepCard): Promise<Points> {
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  return step.testButton.evaluate(timeLog, PAINTED);
}

/** Runs in the page. */
function timeLog(button: HTMLElement | SVGElement, painted: string): Promise<Record<string, number>> {
  const card = button.closest("article") ?? document.body;
  const shown = () => /first log (\d+)/.exec(card.textContent ?? "")?.[1];
  const before = shown();
  const points = (Reflect.get(window, "latencyPoints") ?? {}) as Record<string, number>;
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("No log was shown for 30 seconds.")), 30_000);
    const observer = new MutationObserver(() => {
      const now = shown();
      if (now === undefined || now === before) return;
      observer.disconnect();
      points["Python prints"] = Number(now) / 1e6 - performance.timeOrigin;
      points["log in the document"] = performance.now();
      // Painted, not only there.
      requestAnimationFrame(() =>
        setTimeout(() => {
          points[painted] = performance.now();
          resolve(Object.fromEntries(Object.entries(points).map(([name, at]) => [name, at - start])));
        }),
      );
    });
    observer.observe(card, { subtree: true, childList: true, characterData: true });
    for (const name of Object.keys(points)) Reflect.deleteProperty(points, name);
    const start = performance.now();
    button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    points["click handled"] = performance.now();
  });
}
