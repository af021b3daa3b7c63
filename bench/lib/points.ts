import type { Page } from "@playwright/test";
import { median } from "../network/times.ts";

/** When each point of a way was reached, in milliseconds from its beginning. */
export type Points = Readonly<Record<string, number>>;

/** The medians of some rounds, in their order: a profile in one line. */
export function pointsNote(rounds: readonly Points[], digits = 0): string {
  const names = [...new Set(rounds.flatMap((points) => Object.keys(points)))];
  const at = (name: string) => rounds.flatMap((points) => points[name] ?? []);
  return names
    .map((name) => [name, median(at(name))] as const)
    .sort(([, a], [, b]) => a - b)
    .map(([name, time]) => `${name} ${time.toFixed(digits)}`)
    .join(", ");
}

/** What the page says to its worker and hears from it, by the messages' types: the names of the points. */
export interface PointNames {
  readonly sent: Readonly<Record<string, string>>;
  readonly heard: Readonly<Record<string, string>>;
}

/** Before a page is opened: when it says and hears these first is noted in `window.latencyPoints`, as `performance.now()`. */
export async function notePoints(page: Page, names: PointNames): Promise<void> {
  await page.addInitScript(watchPorts, names);
}

/** Runs in the page. */
function watchPorts(names: PointNames): void {
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
