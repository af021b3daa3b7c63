import { expect, type Locator, type Page } from "@playwright/test";
import { Builder } from "./builder.ts";
import { downloadedText } from "./download.ts";
import { ListPage } from "./list-page.ts";

/** The list of workflows. */
export class WorkflowsPage extends ListPage {
  readonly newButton: Locator;

  constructor(page: Page) {
    super(page);
    this.newButton = this.main.getByRole("button", { name: "New workflow" });
  }

  async create(): Promise<Builder> {
    await this.newButton.click();
    return this.#opened();
  }

  async open(name: string): Promise<Builder> {
    await this.row(name).getByRole("link", { name, exact: true }).click();
    return this.#opened();
  }

  async rename(name: string, next: string): Promise<void> {
    await this.menu(name, "Rename");
    const dialog = this.page.getByRole("dialog", { name: "Rename workflow" });
    await dialog.getByLabel("Workflow name").fill(next);
    await dialog.getByRole("button", { name: "Rename" }).click();
    await expect(this.row(next)).toBeVisible();
  }

  /** Text of the exported file. */
  async export(name: string): Promise<string> {
    return downloadedText(this.page, () => this.menu(name, "Export to a file"));
  }

  /** Imports one file, without accounts, and gives the builder that opens with it. */
  async import(text: string): Promise<Builder> {
    await this.choose(text);
    await this.page
      .getByRole("dialog", { name: /^Import “/ })
      .getByRole("button", { name: "Import", exact: true })
      .click();
    return this.#opened();
  }

  /** Chooses a file to import, whatever comes of it. */
  async choose(text: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.main.getByRole("button", { name: "Import" }).click();
    await (await chooser).setFiles({
      name: "workflow.json",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
  }

  async #opened(): Promise<Builder> {
    const builder = new Builder(this.page);
    await expect(builder.trigger.root).toBeVisible();
    return builder;
  }
}
