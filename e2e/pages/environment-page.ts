import { expect, type Locator, type Page } from "@playwright/test";

/** The page of environment variables. */
export class EnvironmentPage {
  readonly page: Page;
  readonly main: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
  }

  async openForm(): Promise<void> {
    await this.main.getByRole("button", { name: "Add variable" }).first().click();
  }

  field(label: "Name" | "Value"): Locator {
    return this.page.getByRole("textbox", { name: label, exact: true });
  }

  get saveButton(): Locator {
    return this.page.getByRole("button", { name: "Save", exact: true });
  }

  /** Adds a variable, secret as it is by default. */
  async add(name: string, value: string): Promise<void> {
    await this.openForm();
    await this.field("Name").fill(name);
    await this.field("Value").fill(value);
    await this.saveButton.click();
    await expect(this.field("Value")).toBeHidden();
    await expect(this.main.getByText(name, { exact: true })).toBeVisible();
  }
}
