import { expect, type Locator, type Page } from "@playwright/test";

/** The form of one app's account. */
export class ConnectDialog {
  readonly root: Locator;

  constructor(page: Page, app: string) {
    this.root = page.getByRole("dialog", { name: `Connect ${app}` });
  }

  field(label: string): Locator {
    return this.root.getByLabel(label, { exact: true });
  }

  /** Fills the form in and sends it; `fields` by the properties' own names. */
  async submit(account: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.field("Account name").fill(account);
    for (const [name, value] of Object.entries(fields)) await this.field(name).fill(value);
    await this.root.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(this.root).toBeHidden();
  }
}
