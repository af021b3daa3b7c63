import type { Page } from "@playwright/test";
import type { StepCard } from "../../e2e/pages/step-card.ts";

/** When each point was reached on the way from pressing Test to the run's first log on the screen, in milliseconds. */
export type Points = Readonly<Record<string, number>>;

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

/** Before a page is opened: what it says to its worker and hears from it is noted, for `pressed`. */
export async function notePoints(page: Page): Promise<void> {
  await page.addInitScript(watchPorts, {
    sent: { "begin-run": "run begun", step: "step sent" },
    heard: { running: "worker says that the code begins", output: "log in the page" },
  });
}

/** Runs in the page. */
function watchPorts(names: {
  sent: Readonly<Record<string, string>>;
  heard: Readonly<Record<string, string>>;
}): void {
  const points: Record<string, number> = {};
  Reflect.set(window, "latencyPoints", points);
  const note = (kind: "sent" | "heard", data: unknown) => {
    const name = names[kind][String(Reflect.get(Object(data), "type"))];
    if (name !== undefined) points[name] ??= performance.now();
  };
  const { prototype } = MessagePort;
  const post = prototype.postMessage;
  prototype.postMessage = function (this: MessagePort, ...args: [unknown]) {
    note("sent", args[0]);
    return post.apply(this, args);
  };
  const { set } = Object.getOwnPropertyDescriptor(prototype, "onmessage") ?? {};
  Object.defineProperty(prototype, "onmessage", {
    set(this: MessagePort, listener: ((event: MessageEvent) => void) | null) {
      const listening = (event: MessageEvent) => {
        note("heard", event.data);
        listener?.call(this, event);
      };
      set?.call(this, listener && listening);
    },
  });
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
