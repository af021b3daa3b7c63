import { expect, type Locator, type Page } from "@playwright/test";
import { ListPage } from "./list-page.ts";

/** The page of environment variables. */
export class EnvironmentPage extends ListPage {
  readonly saveButton: Locator;

  constructor(page: Page) {
    super(page);
    this.saveButton = page.getByRole("button", { name: "Save", exact: true });
  }

  async openForm(): Promise<void> {
    await this.main.getByRole("button", { name: "Add variable" }).first().click();
  }

  field(label: "Name" | "Value"): Locator {
    return this.page.getByRole("textbox", { name: label, exact: true });
  }

  /** Adds a variable, secret as it is by default. */
  async add(name: string, value: string): Promise<void> {
    await this.openForm();
    await this.field("Name").fill(name);
    await this.#save(value);
    await expect(this.row(name)).toBeVisible();
  }

  /** Gives a variable another value. */
  async change(name: string, value: string): Promise<void> {
    await this.menu(name, "Edit");
    await this.#save(value);
  }

  async delete(name: string): Promise<void> {
    await this.menu(name, "Delete");
    await expect(this.row(name)).toBeHidden();
  }

  async #save(value: string): Promise<void> {
    await this.field("Value").fill(value);
    await this.saveButton.click();
    await expect(this.field("Value")).toBeHidden();
  }
}
