import { expect, type Locator, type Page } from "@playwright/test";
import type { Builder } from "./builder.ts";

/** What the trigger's card has besides an event. */
export class TriggerSettings {
  readonly root: Locator;
  readonly earlier: Locator;
  readonly #page: Page;

  constructor({ page, trigger }: Builder) {
    this.#page = page;
    this.root = trigger.root;
    this.earlier = page.getByRole("dialog", { name: "Earlier events" });
  }

  async choose(kind: "Manual trigger" | "HTTP request" | "Schedule"): Promise<void> {
    await this.root.getByRole("combobox", { name: "Kind of trigger" }).selectOption({ label: kind });
  }

  /** The URL, once requests to it are heard. */
  async url(): Promise<string> {
    await expect(this.root.getByText("Waiting for requests")).toBeVisible();
    return (await this.root.getByText(/^http:\S+\/hooks\/\S+$/).textContent()) ?? "";
  }

  /** Sets an interval in seconds. */
  async every(seconds: number): Promise<void> {
    await this.root.getByRole("combobox", { name: "Unit of the interval" }).selectOption("seconds");
    await this.root.getByRole("spinbutton", { name: "Interval" }).fill(String(seconds));
  }

  async openEarlier(): Promise<Locator> {
    await this.root.getByRole("button", { name: "Earlier events" }).click();
    await expect(this.earlier).toBeVisible();
    return this.earlier;
  }

  async closeEarlier(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await expect(this.earlier).toBeHidden();
  }
}
