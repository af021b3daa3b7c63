import { expect, type Locator, type Page } from "@playwright/test";

/** What a gateway on another machine shows before anything else. */
export class SignInPage {
  readonly page: Page;
  readonly password: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.password = page.getByLabel("Password");
    this.problem = page.getByRole("alert");
  }

  async expectOpen(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  }

  async signIn(password: string): Promise<void> {
    await this.password.fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }
}
