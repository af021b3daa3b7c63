import { expect, type Locator, type Page } from "@playwright/test";

/** *Packages* of the builder: what the workflow's runs install. */
export class PackagesDialog {
  readonly root: Locator;
  readonly updateButton: Locator;
  readonly stopButton: Locator;
  readonly copyButton: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.getByRole("dialog", { name: "Packages", exact: true });
    this.updateButton = this.root.getByRole("button", { name: "Update packages" });
    this.stopButton = this.root.getByRole("button", { name: "Stop" });
    this.copyButton = this.root.getByRole("button", { name: "Copy as requirements.txt" });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("banner").getByRole("button", { name: "Packages", exact: true }).click();
    await expect(this.root).toBeVisible();
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await expect(this.root).toBeHidden();
  }

  /** Opens it, sees that exactly these rows are there (name, version, who needs it), and closes it. */
  async expectRows(...rows: readonly (readonly [name: string, version: string, neededBy: string])[]) {
    await this.open();
    const shown = this.root.getByRole("rowgroup").last().getByRole("row");
    await expect(shown).toHaveCount(rows.length);
    for (const [index, [name, version, neededBy]] of rows.entries()) {
      const row = shown.nth(index);
      await expect(row.getByRole("rowheader")).toHaveText(name);
      await expect(row.getByRole("cell").nth(0)).toHaveText(version);
      await expect(row.getByRole("cell").nth(1)).toHaveText(neededBy);
    }
    await this.close();
  }
}
