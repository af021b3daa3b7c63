import type { Locator, Page } from "@playwright/test";

/** The page of accounts. */
export class AccountsPage {
  readonly page: Page;
  readonly main: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
  }
}
