import type { Locator, Page } from "@playwright/test";

/** A page that lists things by their names, each with a menu. */
export class ListPage {
  readonly page: Page;
  readonly main: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
  }

  /** One of the list, by its name. */
  row(name: string): Locator {
    return this.main.getByRole("listitem").filter({ has: this.#menuButton(this.page, name) });
  }

  /** Picks an item of its menu. */
  async menu(name: string, item: string): Promise<void> {
    await this.#menuButton(this.row(name), name).click();
    await this.page.getByRole("menuitem", { name: item, exact: true }).click();
  }

  #menuButton(within: Page | Locator, name: string): Locator {
    return within.getByRole("button", { name: `Menu of ${name}`, exact: true });
  }
}
