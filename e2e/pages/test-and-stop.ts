import type { Locator } from "@playwright/test";

/** One press of Test, and one of Stop after it. */
export interface Round {
  /** When Stop is pressed: once the step has printed, or so many milliseconds after Test. */
  readonly stopAfter: "log" | number;
  /** Stop is pressed so often, without a pause. */
  readonly presses?: number;
  /** Milliseconds before Test is pressed. */
  readonly pause?: number;
}

/** In milliseconds, taken in the page. */
export interface RoundResult {
  /** What the card said in the end. */
  readonly status: string;
  /** What stood in the log in the end. */
  readonly log: string;
  /** From pressing Test until the step's first log was there; null where nobody waited for it. */
  readonly firstLog: number | null;
  /** From pressing Stop until the card said that the step is over. */
  readonly stopped: number;
}

/** Presses Test and Stop in the page itself, where nothing lies between what is seen and what is pressed. */
export function testAndStop(card: Locator, rounds: readonly Round[]): Promise<RoundResult[]> {
  return card.evaluate(runInPage, rounds);
}

async function runInPage(card: Element, rounds: readonly Round[]): Promise<RoundResult[]> {
  const statusText = () =>
    [...card.querySelectorAll('[role="status"]')]
      .map((status) => status.textContent?.trim() ?? "")
      .find((text) => /^(Not tested|Running|Success|Failed|Stale|Stopped)/.test(text)) ?? "";
  const logText = () => card.querySelector('[role="log"]')?.textContent ?? "";
  const isRunning = () => statusText().startsWith("Running");
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(look);
      function look(): void {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      }
      observer.observe(card, { childList: true, characterData: true, attributes: true, subtree: true });
      look();
    });
  const press = (label: string) => {
    for (const button of card.querySelectorAll("button")) if (button.textContent === label) button.click();
  };

  async function play({ stopAfter, presses = 1, pause = 0 }: Round): Promise<RoundResult> {
    let firstLog: number | null = null;
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const pressed = performance.now();
    press("Test");
    await until(isRunning);
    if (stopAfter === "log") {
      await until(() => logText() !== "");
      firstLog = performance.now() - pressed;
    } else if (stopAfter > 0) await new Promise((resolve) => setTimeout(resolve, stopAfter));
    const stopPressed = performance.now();
    for (let time = 0; time < presses; time++) press("Stop");
    await until(() => !isRunning());
    return { status: statusText(), log: logText(), firstLog, stopped: performance.now() - stopPressed };
  }

  const results: RoundResult[] = [];
  for (const round of rounds) results.push(await play(round));
  return results;
}
