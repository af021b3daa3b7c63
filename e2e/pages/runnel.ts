import { expect, type Locator, type Page } from "@playwright/test";
import { AccountsPage } from "./accounts-page.ts";
import type { Builder } from "./builder.ts";
import { DataStoresPage } from "./data-stores-page.ts";
import { EnvironmentPage } from "./environment-page.ts";
import { WorkflowsPage } from "./workflows-page.ts";

/** The app as a whole: its pages and the way to them. */
export class Runnel {
  readonly page: Page;
  readonly pythonStatus: Locator;
  readonly #url: string;
  readonly #samePage: boolean;
  readonly #answered: Locator[] = [];

  /** `url`: where the product is, when it isn't the worker's own. `samePage`: an app that is open already is not loaded again. */
  constructor(page: Page, url = "/", samePage = false) {
    this.page = page;
    this.#url = url;
    this.#samePage = samePage;
    this.pythonStatus = page
      .getByRole("banner")
      .getByRole("status")
      .filter({ hasText: /Python/ });
  }

  /** Opens the list of workflows by its address. */
  async open(): Promise<WorkflowsPage> {
    if (this.#samePage && this.page.url().startsWith("http")) {
      await this.#closeDialogs();
      return this.goToWorkflows();
    }
    await this.page.goto(this.#url);
    return new WorkflowsPage(this.page);
  }

  /** A new, empty workflow in the builder. */
  async newWorkflow(): Promise<Builder> {
    return (await this.open()).create();
  }

  /** A new workflow with one step of Python code, ready to be tested. */
  async newStep(code: string) {
    const builder = await this.newWorkflow();
    const step = await builder.addCode("trigger", "python", code);
    return { builder, step };
  }

  /** Answers every question about the network with Allow, until `release`; by keyboard, which has not to wait as clicks have. */
  async allowAllHosts(builder: Builder): Promise<void> {
    const button = builder.networkDialog.getByRole("button", { name: "Allow", exact: true });
    this.#answered.push(button);
    await this.page.addLocatorHandler(button, (allow) => allow.press("Enter"), { noWaitAfter: true });
  }

  /** The page may go on to another test. */
  async release(): Promise<void> {
    for (const locator of this.#answered) await this.page.removeLocatorHandler(locator);
  }

  async goToWorkflows(): Promise<WorkflowsPage> {
    await this.#navigate("Workflows");
    return new WorkflowsPage(this.page);
  }

  async goToAccounts(): Promise<AccountsPage> {
    await this.#navigate("Accounts");
    return new AccountsPage(this.page);
  }

  async goToEnvironment(): Promise<EnvironmentPage> {
    await this.#navigate("Environment");
    return new EnvironmentPage(this.page);
  }

  async goToDataStores(): Promise<DataStoresPage> {
    await this.#navigate("Data stores");
    return new DataStoresPage(this.page);
  }

  async expectPython(): Promise<void> {
    await expect(this.pythonStatus).toHaveText("Python ready");
  }

  /** Those that the test before has left open. */
  async #closeDialogs(): Promise<void> {
    const dialogs = this.page.getByRole("dialog");
    await expect(async () => {
      if ((await dialogs.count()) > 0) await this.page.keyboard.press("Escape");
      expect(await dialogs.count()).toBe(0);
    }).toPass({ intervals: [50] });
  }

  async #navigate(name: string): Promise<void> {
    const link = this.page.getByRole("navigation").getByRole("link", { name, exact: true }).first();
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  }
}
