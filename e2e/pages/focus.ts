import { expect, type Locator } from "@playwright/test";

/** Keys go to this element. Not `toBeFocused`: a headless Firefox does not always say that its window has the focus. */
export async function expectFocus(locator: Locator): Promise<void> {
  await expect.poll(() => locator.evaluate((element) => document.activeElement === element)).toBe(true);
}
