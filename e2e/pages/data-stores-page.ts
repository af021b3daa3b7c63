import { expect, type Locator, type Page } from "@playwright/test";
import { downloadedText } from "./download.ts";
import { ListPage } from "./list-page.ts";

/** The page of data stores. */
export class DataStoresPage extends ListPage {
  async openStore(name: string): Promise<DataStorePage> {
    await this.row(name).getByRole("link", { name, exact: true }).click();
    await expect(this.main.getByRole("heading", { name, level: 1 })).toBeVisible();
    return new DataStorePage(this.page);
  }
}

/** The page of one data store's records. */
export class DataStorePage {
  readonly page: Page;
  readonly main: Locator;
  readonly facts: Locator;
  readonly search: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.facts = this.main.getByRole("status");
    this.search = this.main.getByLabel("Search keys and values");
    this.dialog = page.getByRole("dialog", { name: /^(Add|Edit) record$/ });
  }

  row(key: string): Locator {
    return this.main.getByRole("row").filter({ has: this.editButton(key) });
  }

  editButton(key: string): Locator {
    return this.page.getByRole("button", { name: `Edit ${key}`, exact: true });
  }

  /** Opens *Add record*. */
  async add(key: string): Promise<void> {
    await this.main.getByRole("button", { name: "Add record" }).click();
    await this.dialog.getByRole("textbox", { name: "Key" }).fill(key);
  }

  get value(): Locator {
    return this.dialog.getByRole("textbox", { name: "Value" });
  }

  async save(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Save" }).click();
  }

  async delete(key: string): Promise<void> {
    await this.page.getByRole("button", { name: `Delete ${key}`, exact: true }).click();
  }

  async import(name: string, text: string): Promise<Locator> {
    await this.main.getByLabel("File of records").setInputFiles({
      name,
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
    return this.page.getByRole("dialog", { name: `Import ${name}?` });
  }

  export(): Promise<string> {
    return downloadedText(this.page, () => this.main.getByRole("button", { name: "Export" }).click());
  }
}
