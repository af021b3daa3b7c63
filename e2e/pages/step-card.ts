import { expect, type Locator, type Page } from "@playwright/test";
import { CodeBox } from "./code-box.ts";
import { ConnectDialog } from "./connect-dialog.ts";

export type ResultTab = "Logs" | "Output" | "Exports" | "Network" | "Inputs";

const states = /^(Not tested|Running|Success|Failed|Stale|Stopped|Waiting|Suspended|Runs again)/;

/** One card of the builder: a step, or the trigger. */
export class StepCard {
  readonly name: string;
  readonly root: Locator;
  readonly code: CodeBox;
  readonly status: Locator;
  readonly testButton: Locator;
  readonly stopButton: Locator;
  readonly #page: Page;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.name = name;
    this.root = page.getByRole("article", { name, exact: true });
    this.code = new CodeBox(page, this.root);
    this.status = this.root.getByRole("status").filter({ hasText: states });
    this.testButton = this.root.getByRole("button", { name: "Test", exact: true });
    this.stopButton = this.root.getByRole("button", { name: "Stop", exact: true });
  }

  /** Presses Test. For a step that has a result already use `testAgain`, which doesn't mistake the old one for the new. */
  async test(): Promise<void> {
    await this.testButton.click();
  }

  /** Presses Test and sees the card say Running, so that what it says afterwards is of this run. */
  async testAgain(): Promise<void> {
    const ran = await this.watchRunning();
    await this.testButton.click();
    await ran();
  }

  /**
   * Watches from now on whether the card says Running, however shortly; what it gives waits until it has. Await it before what starts the
   * run: a step may have run before a watch that is still looking for its card begins.
   */
  async watchRunning(): Promise<() => Promise<void>> {
    const watch = await this.root.evaluateHandle((card) => {
      const seen = new Promise<void>((resolve) => {
        const observer = new MutationObserver(look);
        function look() {
          const running = [...card.querySelectorAll('[role="status"]')].some((status) =>
            status.textContent?.trim().startsWith("Running"),
          );
          if (!running) return;
          observer.disconnect();
          resolve();
        }
        observer.observe(card, { childList: true, characterData: true, subtree: true });
        look();
      });
      // In an object: a promise itself would be awaited here.
      return { seen };
    });
    return () => watch.evaluate(({ seen }) => seen);
  }

  async expectStatus(status: string | RegExp, options?: { readonly timeout?: number }): Promise<void> {
    await expect(this.status).toHaveText(
      typeof status === "string" ? new RegExp(`^${status}`) : status,
      options,
    );
  }

  /** Shows a tab of the results and gives its panel. */
  async show(tab: ResultTab): Promise<Locator> {
    await this.root.getByRole("tab", { name: tab }).click();
    return this.root.getByRole("tabpanel", { name: tab });
  }

  get log(): Locator {
    return this.root.getByRole("log");
  }

  get error(): Locator {
    return this.root.getByRole("group", { name: "Error" });
  }

  /** The runs that wait after the step. */
  get waiting(): Locator {
    return this.root.getByRole("list", { name: `Runs that wait after ${this.name}` }).getByRole("listitem");
  }

  /** *Skip* of the one run that waits after the step. */
  async skipWait(): Promise<void> {
    await this.waiting.getByRole("button", { name: "Skip" }).click();
  }

  /** *Resume…* of the one run that waits after the step, with a JSON body. */
  async resumeWait(json: string): Promise<void> {
    await this.waiting.getByRole("button", { name: "Resume…" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "Resume the run" });
    await dialog.getByLabel("JSON body").fill(json);
    await dialog.getByRole("button", { name: "Resume" }).click();
  }

  /** What the logs hold, in the logs' tab. Secrets appear by their names. */
  async expectLog(text: string | RegExp): Promise<void> {
    await this.show("Logs");
    await expect(this.log).toContainText(text);
  }

  /** A line of the tree of exports, such as `ok true`. */
  async expectExport(text: string | RegExp): Promise<void> {
    const panel = await this.show("Exports");
    await expect(panel.getByRole("treeitem").filter({ hasText: text }).first()).toBeVisible();
  }

  /** Opens *Connect APP* of this step. */
  async connect(app: string): Promise<ConnectDialog> {
    await this.root.getByRole("button", { name: `Connect ${app}`, exact: true }).click();
    return this.connectDialog(app);
  }

  /** The step uses the account of this name: the one that is there, as from an earlier test in the same page, or a new one. */
  async giveAccount(app: string, account: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const connect = this.root.getByRole("button", { name: `Connect ${app}`, exact: true });
    const chooser = this.account(app);
    await expect(connect.or(chooser)).toBeVisible();
    if (await connect.isVisible()) await (await this.connect(app)).submit(account, fields);
    else if ((await chooser.getByRole("option", { name: account, exact: true }).count()) > 0)
      await this.chooseAccount(app, account);
    else {
      await this.appMenu(app, "Connect another account");
      await this.connectDialog(app).submit(account, fields);
    }
    await this.expectAccount(app, account);
  }

  connectDialog(app: string): ConnectDialog {
    return new ConnectDialog(this.#page, app);
  }

  account(app: string): Locator {
    return this.root.getByRole("combobox", { name: `${app} account` });
  }

  /** Chooses an account by its name. */
  async chooseAccount(app: string, account: string): Promise<void> {
    await this.account(app).selectOption({ label: account });
  }

  async expectAccount(app: string, account: string): Promise<void> {
    await expect(this.account(app).locator("option:checked")).toHaveText(account);
  }

  /** Picks an entry of the menu of an attached app. */
  async appMenu(app: string, item: string): Promise<void> {
    await this.root.getByRole("button", { name: `${app} menu` }).click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }

  /** *Add data store* of this step: attaches a new one of this name. */
  async addNewDataStore(name: string): Promise<void> {
    await this.root.getByRole("button", { name: "Add data store" }).click();
    await this.#page.getByRole("menuitem", { name: "New data store…" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "New data store" });
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(this.dataStore.locator("option:checked")).toHaveText(name);
  }

  /** *Add data store* of this step: attaches one that is there. */
  async addDataStore(name: string): Promise<void> {
    await this.root.getByRole("button", { name: "Add data store" }).click();
    await this.#page.getByRole("menuitem", { name, exact: true }).click();
    await expect(this.dataStore.locator("option:checked")).toHaveText(name);
  }

  get dataStore(): Locator {
    return this.root.getByRole("combobox", { name: "Data store" });
  }

  /** Picks an entry of the menu of the attached data store. */
  async dataStoreMenu(item: string): Promise<void> {
    await this.root.getByRole("button", { name: "Data store menu" }).click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }

  /** Gives the step another name; gives the card under that name. */
  async rename(name: string): Promise<StepCard> {
    await this.root.getByRole("button", { name: `Rename ${this.name}`, exact: true }).click();
    const field = this.root.getByRole("textbox", { name: "Step name" });
    await field.fill(name);
    await field.press("Enter");
    const renamed = new StepCard(this.#page, name);
    await expect(renamed.root).toBeVisible();
    return renamed;
  }

  /** Picks an entry of the step's menu. */
  async menu(item: string | RegExp): Promise<void> {
    await this.root.getByRole("button", { name: "Step menu" }).click();
    await this.#page.getByRole("menuitem", { name: item }).click();
  }
}
