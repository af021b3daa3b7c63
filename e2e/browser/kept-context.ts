import type { Browser, BrowserContext, Page, PlaywrightTestOptions } from "@playwright/test";

/** Longer than anything takes: it ends what hangs. In milliseconds. */
const PATIENCE = 60_000;

/** What one test leaves for the next. */
export interface Profile {
  readonly context: BrowserContext;
  /**
   * Where the next test may go on that is of the same file, or of one with the same name for its page, see `samePage`: what others leave
   * behind is none of its business.
   */
  open: { readonly page: Page; readonly whose: string } | null;
}

/**
 * A profile that outlives a test, as a person's does: the runtime's files, which are the same for all tests, are loaded once and not for
 * each. `url`: the product's.
 */
export async function keptContext(
  browser: Browser,
  url: string,
  { viewport, permissions, contextOptions }: Partial<PlaywrightTestOptions>,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...contextOptions,
    baseURL: url,
    ...(viewport ? { viewport } : {}),
    ...(permissions ? { permissions } : {}),
  });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** Deletes what the app has stored in the page's profile, the runtime's files excepted. Nothing of the app may be open. */
export async function forgetTheApp(page: Page, url: string): Promise<void> {
  await page.context().clearCookies();
  // Of the product's origin, but not the app.
  await page.goto(new URL("/favicon.svg", url).href);
  await page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of await indexedDB.databases()) {
      if (!name || name === "runnel runtime") continue;
      await new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase(name);
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      });
    }
  });
  await page.goto("about:blank");
}
