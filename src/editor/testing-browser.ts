/** What the tests of this room give a DOM without a browser around it: a layout, and a clipboard. */
import { beforeEach, vi } from "vitest";

/** Says of whatever is observed that it is on the screen. */
class EverythingIsNear {
  readonly #tell: IntersectionObserverCallback;
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element) {
    this.#tell([{ isIntersecting: true, target } as unknown as IntersectionObserverEntry], this as never);
  }
  unobserve() {}
  disconnect() {}
}

/**
 * For each test of a file: every element has these sizes, and is near. Without them a virtual list would think it has no room for
 * rows, and no card would load its code and results. `offsetHeight` is a row's, and the scroller's where its list asks for that.
 */
export function withLayout({ offsetHeight = 20 } = {}): void {
  const sizes = { clientHeight: 300, clientWidth: 600, offsetHeight, offsetWidth: 600 } as const;
  beforeEach(() => {
    for (const [name, size] of Object.entries(sizes))
      vi.spyOn(HTMLElement.prototype, name as keyof typeof sizes, "get").mockReturnValue(size);
    vi.stubGlobal("IntersectionObserver", EverythingIsNear);
    return () => {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    };
  });
}

/** For each test of a file: what is copied goes into the list that this gives, which begins empty. */
export function withClipboard(): readonly string[] {
  const copied: string[] = [];
  beforeEach(() => {
    copied.length = 0;
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void copied.push(text));
    return () => vi.restoreAllMocks();
  });
  return copied;
}
