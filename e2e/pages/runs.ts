import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { StepCard } from "./step-card.ts";

/** *Runs* in the header: the list of past runs, and one of them in the place of the steps. */
export class Runs {
  readonly dialog: Locator;
  readonly rows: Locator;
  readonly backButton: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole("dialog", { name: "Runs" });
    this.rows = this.dialog.getByRole("list", { name: "Runs" }).getByRole("listitem");
    this.backButton = page.getByRole("button", { name: "Back to editing" });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("banner").getByRole("button", { name: "Runs", exact: true }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** What each line reads, the newest run first. */
  async expectRows(...texts: (string | RegExp)[]): Promise<void> {
    await expect(this.rows).toHaveText(
      texts.map((text) => (typeof text === "string" ? new RegExp(text) : text)),
    );
  }

  /** Opens the run of a line, from 0. */
  async show(row: number): Promise<void> {
    await this.rows.nth(row).locator("[data-run]").click();
    await expect(this.dialog).toBeHidden();
    await expect(this.backButton).toBeVisible();
  }

  async compare(...rows: readonly number[]): Promise<void> {
    for (const row of rows) await this.rows.nth(row).getByRole("checkbox").check();
    await this.dialog.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(this.#page.getByRole("region", { name: "Two runs compared" })).toBeVisible();
  }

  async menu(row: number, item: string): Promise<void> {
    await this.rows
      .nth(row)
      .getByRole("button", { name: /^Menu of run/ })
      .click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }

  /** A card of the run that is shown. */
  step(name: string): StepCard {
    return new StepCard(this.#page, name);
  }

  async back(): Promise<void> {
    await this.backButton.click();
    await expect(this.backButton).toBeHidden();
  }
}
