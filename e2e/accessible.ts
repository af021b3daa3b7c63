import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing on the page that axe calls serious or critical: by all rules in light, by that of contrast, which colours alone change, in dark. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // The process of an ESR's page dies of axe (signal 11) where it reads `ariaOwnsElements` and the like. The markup is the same in all browsers.
  if (page.context().browser()?.browserType().name() === "firefox") return;
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoViolations(new AxeBuilder({ page }).withRules("color-contrast"), `${where}, dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await expectNoViolations(new AxeBuilder({ page }), `${where}, light`);
}

async function expectNoViolations(axe: AxeBuilder, where: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n  ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join("\n  ")}`,
    );
  expect(found, where).toEqual([]);
}
