/**
 * In which browsers the tests run. `no-jspi` is a Chromium from which JSPI was taken away: Python's waits block there. `firefox-no-jspi`
 * is a Firefox whose own switch for it is off.
 */
export const MODES = ["chromium", "no-jspi", "firefox", "firefox-no-jspi"] as const;
export type Mode = (typeof MODES)[number];

/** Tests of whole libraries: with all tests in Chromium, these run without JSPI as well, where the ways of waiting are others. */
export const CLIENTS_TAG = "@clients";
/** The main job, and one client of each kind: with all tests in Chromium, these run in Firefox, which waits as Chromium does. */
export const FIREFOX_TAG = "@firefox";

/** The mode that `RUNNEL_BROWSER` names; null: all of them. Throws an Error for a name that is none. */
export function chosenMode(name = process.env.RUNNEL_BROWSER): Mode | null {
  if (!name) return null;
  const mode = MODES.find((known) => known === name);
  if (!mode) throw new Error(`RUNNEL_BROWSER=${name} is none of ${MODES.join(", ")}.`);
  return mode;
}

/** Runs in each document before its own scripts: takes JSPI away, from workers of `data:` URLs as well. */
export function withoutJspi(): void {
  const remove = `for (const name of ["Suspending", "promising", "SuspendError"]) Reflect.deleteProperty(WebAssembly, name);\n`;
  for (const name of ["Suspending", "promising", "SuspendError"]) Reflect.deleteProperty(WebAssembly, name);
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const text = String(url);
      const start = text.indexOf(",") + 1;
      super(
        text.startsWith("data:text/javascript;")
          ? text.slice(0, start) + encodeURIComponent(remove) + text.slice(start)
          : url,
        options,
      );
    }
  };
}

/**
 * Runs in each document before its own scripts: what a test fills in arrives as if it was typed or pasted. Over WebDriver BiDi, Playwright
 * sets the field's `value` from the page's own world, which React takes for its own doing.
 */
export function fillAsAPerson(): void {
  const insert = (text: string): Element | undefined => {
    const focused = document.activeElement;
    // Playwright goes on in there.
    if (focused instanceof HTMLIFrameElement) return focused;
    document.execCommand("insertText", false, text);
    return undefined;
  };
  // Playwright's own comes later, into each document.
  Object.defineProperty(window, "__pw_bidiInsertText", { get: () => insert, set: () => undefined });
}
