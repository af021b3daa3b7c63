import { expect, type Locator, type Page } from "@playwright/test";

/** *Network access* of the open workflow: its button in the header, its dialog, the banner of an imported workflow. */
export class NetworkAccess {
  readonly page: Page;
  readonly button: Locator;
  readonly root: Locator;
  /** Says that the workflow is not trusted, above its steps. */
  readonly banner: Locator;
  readonly hosts: Locator;
  readonly secrets: Locator;
  readonly search: Locator;
  readonly hostField: Locator;

  constructor(page: Page) {
    this.page = page;
    this.button = page.getByRole("banner").getByRole("button", { name: /^Network access/ });
    this.root = page.getByRole("dialog", { name: "Network access" });
    this.banner = page.getByRole("main").getByRole("note", { name: "Untrusted workflow" });
    this.hosts = this.root.getByRole("list", { name: "Hosts", exact: true });
    this.secrets = this.root.getByRole("list", { name: "Secrets sent elsewhere" });
    this.search = this.root.getByRole("searchbox", { name: "Search hosts" });
    this.hostField = this.root.getByRole("textbox", { name: "Add host" });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.root).toBeVisible();
  }

  async close(): Promise<void> {
    await this.root.getByRole("button", { name: "Close" }).click();
    await expect(this.root).toBeHidden();
  }

  /** The line of one host; `host` as it is shown, with its port where one is. */
  row(host: string): Locator {
    return this.hosts
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("group", { name: `Access to ${host}`, exact: true }) });
  }

  choice(host: string, access: "Allow" | "Deny"): Locator {
    return this.root
      .getByRole("group", { name: `Access to ${host}`, exact: true })
      .getByRole("radio", { name: access });
  }

  async set(host: string, access: "Allow" | "Deny"): Promise<void> {
    await this.choice(host, access).check();
  }

  async expectAccess(host: string, access: "Allow" | "Deny"): Promise<void> {
    await expect(this.choice(host, access)).toBeChecked();
  }

  async add(host: string, access: "Allow" | "Deny" = "Allow"): Promise<void> {
    await this.hostField.fill(host);
    await this.root.getByRole("button", { name: `${access} host` }).click();
  }

  async remove(host: string): Promise<void> {
    await this.root.getByRole("button", { name: `Remove ${host}`, exact: true }).click();
    await expect(this.row(host)).toHaveCount(0);
  }

  /** Brings back what was just removed. */
  async undo(host: string): Promise<void> {
    await this.root.getByRole("button", { name: `Undo: bring ${host} back`, exact: true }).click();
    await expect(this.row(host)).toBeVisible();
  }

  /** Lets the workflow reach public hosts without asking; with the dialog open or at the banner. */
  async trust(): Promise<void> {
    await this.page.getByRole("button", { name: "Trust this workflow" }).click();
    await expect(this.page.getByRole("button", { name: "Trust this workflow" })).toHaveCount(0);
  }
}
