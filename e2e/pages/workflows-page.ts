import { expect, type Locator, type Page } from "@playwright/test";
import { Builder } from "./builder.ts";

/** The list of workflows. */
export class WorkflowsPage {
  readonly page: Page;
  readonly newButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.newButton = page.getByRole("main").getByRole("button", { name: "New workflow" }).first();
  }

  async create(): Promise<Builder> {
    await this.newButton.click();
    const builder = new Builder(this.page);
    await expect(builder.trigger.root).toBeVisible();
    return builder;
  }
}
