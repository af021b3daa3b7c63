import { expect, type Locator } from "@playwright/test";
import { ConnectDialog } from "./connect-dialog.ts";
import { ListPage } from "./list-page.ts";
import { StepPicker } from "./step-picker.ts";

/** The page of accounts. */
export class AccountsPage extends ListPage {
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
}
