import { expect, type Locator, type Page } from "@playwright/test";
import type { StepCard } from "./step-card.ts";

/** The Network tab of a step's results. */
export class NetworkTab {
  readonly panel: Locator;
  readonly grid: Locator;
  readonly details: Locator;
  readonly filter: Locator;
  readonly #page: Page;

  private constructor(page: Page, step: StepCard, panel: Locator) {
    this.#page = page;
    this.panel = panel;
    this.grid = panel.getByRole("grid", { name: `Network of ${step.name}` });
    this.details = panel.getByRole("group", { name: /^Details of / });
    this.filter = panel.getByRole("searchbox", { name: "Filter requests" });
  }

  static async of(page: Page, step: StepCard): Promise<NetworkTab> {
    return new NetworkTab(page, step, await step.show("Network"));
  }

  /** The line that holds this text. */
  row(text: string | RegExp): Locator {
    return this.grid.getByRole("row").filter({ hasText: text });
  }

  /** Opens the details of a line. */
  async open(text: string | RegExp): Promise<Locator> {
    await this.row(text).first().click();
    await expect(this.details).toBeVisible();
    return this.details;
  }

  /** Shows a part of the request whose details are open. */
  async part(name: "Headers" | "Request" | "Response"): Promise<Locator> {
    await this.details.getByRole("tab", { name, exact: true }).click();
    return this.details.getByRole("tabpanel", { name, exact: true });
  }

  /** What one of the details' buttons puts on the clipboard. */
  async copy(button: "Copy as curl" | "Copy URL" | "Copy body"): Promise<string> {
    await this.#page.evaluate(() => navigator.clipboard.writeText(""));
    await this.details.getByRole("button", { name: button }).click();
    const clipboard = () => this.#page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).not.toBe("");
    return clipboard();
  }
}
