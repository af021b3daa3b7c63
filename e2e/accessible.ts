import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing on the page that axe calls serious or critical: by all rules in light, by that of contrast, which colours alone change, in dark. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // The process of an ESR's page dies of axe on the builder (signal 11, in the rule `aria-allowed-attr`; why is not known). The markup is the same.
  if (page.context().browser()?.browserType().name() === "firefox") return;
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoViolations((await axeIn(page)).withRules("color-contrast"), `${where}, dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await expectNoViolations(await axeIn(page), `${where}, light`);
}

/**
 * Axe as it runs within the page alone: else it opens a page of its own for each report, which takes several times as long as the look.
 * Its half a megabyte is read once in each document.
 */
async function axeIn(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => "axe" in window);
  return new AxeBuilder({ page, ...(isThere ? { axeSource: "window.axe;" } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
}

async function expectNoViolations(axe: AxeBuilder, where: string): Promise<void> {
  const { violations, incomplete } = await axe.analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n  ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join("\n  ")}`,
    );
  expect(found, where).toEqual([]);
  // A frame that can be seen, and that axe could not look into.
  expect(
    incomplete.map(({ id }) => id),
    where,
  ).not.toContain("frame-tested");
}
