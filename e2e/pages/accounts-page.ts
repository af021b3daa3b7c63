import { expect, type Locator, type Page } from "@playwright/test";
import { ConnectDialog } from "./connect-dialog.ts";
import { StepPicker } from "./step-picker.ts";

/** The page of accounts. */
export class AccountsPage {
  readonly page: Page;
  readonly main: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
  }

  /** One account, by its name. */
  row(name: string): Locator {
    return this.main
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("button", { name: `Menu of ${name}`, exact: true }) });
  }

  section(app: string): Locator {
    return this.main.getByRole("region", { name: app, exact: true });
  }

  async connect(app: string, name: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.main.getByRole("button", { name: "Connect an account" }).first().click();
    const picker = new StepPicker(this.page, "Connect an account");
    await picker.search.fill(app);
    await picker.options.first().click();
    await new ConnectDialog(this.page, app).submit(name, fields);
    await expect(this.row(name)).toBeVisible();
  }

  /** Picks *Delete* of an account that is in use; gives the dialog that asks. */
  async askToDelete(name: string): Promise<Locator> {
    await this.menu(name, "Delete");
    return this.page.getByRole("dialog", { name: `Delete ${name}?` });
  }

  /** Deletes an account that is in use. */
  async delete(name: string): Promise<void> {
    const dialog = await this.askToDelete(name);
    await dialog.getByRole("button", { name: "Delete account" }).click();
    await expect(this.row(name)).toBeHidden();
  }

  async menu(name: string, item: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: `Menu of ${name}` })
      .click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }
}
