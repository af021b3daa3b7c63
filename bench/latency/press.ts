import type { StepCard } from "../../e2e/pages/step-card.ts";

/** Presses Test, and tells after how many milliseconds the run's first log was painted. */
export function msPressed(step: StepCard): Promise<number> {
  return step.testButton.evaluate(timeLog);
}

/** Presses Stop, Test as soon as it can be pressed, and tells how many milliseconds after that the first log was painted. */
export async function msStopped(step: StepCard): Promise<number> {
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  return step.testButton.evaluate(timeLog);
}

/** Runs in the page. */
function timeLog(button: HTMLElement | SVGElement): Promise<number> {
  const card = button.closest("article") ?? document.body;
  const shown = () => /first log \d+/.exec(card.textContent ?? "")?.[0];
  const before = shown();
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("No log was shown for 30 seconds.")), 30_000);
    const observer = new MutationObserver(() => {
      const now = shown();
      if (now === undefined || now === before) return;
      observer.disconnect();
      // Painted, not only there.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    });
    observer.observe(card, { subtree: true, childList: true, characterData: true });
    const start = performance.now();
    button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  });
}
