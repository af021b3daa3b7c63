import { expect, type Locator, type Page } from "@playwright/test";
import { AccountsPage } from "./accounts-page.ts";
import type { Builder } from "./builder.ts";
import { EnvironmentPage } from "./environment-page.ts";
import { WorkflowsPage } from "./workflows-page.ts";

/** The app as a whole: its pages and the way to them. */
export class Runnel {
  readonly page: Page;
  readonly pythonStatus: Locator;
  readonly #url: string;

  /** `url`: where the product is, when it isn't the worker's own. */
  constructor(page: Page, url = "/") {
    this.page = page;
    this.#url = url;
    this.pythonStatus = page
      .getByRole("banner")
      .getByRole("status")
      .filter({ hasText: /Python/ });
  }

  /** Opens the list of workflows by its address. */
  async open(): Promise<WorkflowsPage> {
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

  async expectPython(): Promise<void> {
    await expect(this.pythonStatus).toHaveText("Python ready");
  }

  async #navigate(name: string): Promise<void> {
    const link = this.page.getByRole("navigation").getByRole("link", { name, exact: true }).first();
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  }
}
