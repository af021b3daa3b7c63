import { expect, type Locator, type Page } from "@playwright/test";
import { expectFocus } from "./focus.ts";

/** The palette of commands. */
export class CommandPalette {
  readonly root: Locator;
  readonly search: Locator;
  readonly options: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.getByRole("dialog", { name: "Command palette" });
    this.search = this.root.getByRole("combobox", { name: "Search commands" });
    this.options = this.root.getByRole("option");
  }

  /** Opens it by its keys. */
  async open(): Promise<void> {
    await this.#page.keyboard.press("ControlOrMeta+k");
    await expectFocus(this.search);
  }

  /** Finds a command and runs it; it must be the first that is found. */
  async run(query: string, title: string): Promise<void> {
    await this.open();
    await this.search.fill(query);
    await expect(this.options.first()).toHaveAccessibleName(title);
    await this.#page.keyboard.press("Enter");
    await expect(this.root).toBeHidden();
  }
}
