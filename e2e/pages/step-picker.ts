import { expect, type Locator, type Page } from "@playwright/test";

/** The dialog behind every **+**. */
export class StepPicker {
  readonly root: Locator;
  readonly search: Locator;
  readonly options: Locator;

  constructor(page: Page, title = "Add a step") {
    this.root = page.getByRole("dialog", { name: title });
    this.search = this.root.getByRole("combobox", { name: "Search apps" });
    this.options = this.root.getByRole("option");
  }

  option(name: string): Locator {
    return this.root.getByRole("option", { name, exact: true });
  }

  /** Searches for an app, takes it, then *Run Python with any APP API*. */
  async pickApp(app: string, query = app): Promise<void> {
    await this.search.fill(query);
    await this.option(app).click();
    await this.option(`Run Python with any ${app} API`).click();
    await expect(this.root).toBeHidden();
  }

  /** Takes *Run Python code*. */
  async pickCode(): Promise<void> {
    await this.option("Run Python code").click();
    await expect(this.root).toBeHidden();
  }
}
