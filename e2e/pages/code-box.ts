import { expect, type Locator, type Page } from "@playwright/test";
import { expectFocus } from "./focus.ts";

/** A code editor on the page. Text goes in as a person brings it: click, select all, paste. */
export class CodeBox {
  readonly root: Locator;
  readonly #page: Page;
  readonly #container: Locator;
  readonly #lines: Locator;

  constructor(page: Page, container: Locator) {
    this.#page = page;
    this.#container = container;
    this.root = container.locator(".monaco-editor").first();
    this.#lines = this.root.locator(".view-lines").first();
  }

  /** Puts the cursor into the editor, once it has loaded. */
  async focus(): Promise<void> {
    // An editor far out of sight is only its text.
    await this.#container.scrollIntoViewIfNeeded();
    // In the first line: the middle of the lines, which are wider than any text, is somewhere else in each browser.
    await this.#lines.click({ position: { x: 20, y: 10 } });
    await expectFocus(this.root.locator("textarea.inputarea"));
  }

  /** Replaces the whole text. */
  async set(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press("ControlOrMeta+a");
    if (text === "") await this.#page.keyboard.press("Delete");
    // Pasted, not typed: nothing is indented, closed or completed on the way.
    else await paste(this.#page, text);
    await this.expectText(text);
  }

  /** Types at the cursor, key by key. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async expectText(text: string | RegExp): Promise<void> {
    if (typeof text === "string") await expect.poll(() => this.text()).toBe(text.replace(/\n$/, ""));
    else await expect.poll(() => this.text()).toMatch(text);
  }

  /** The text as shown, without blank lines at its end. Lines far outside the view are not drawn, and so not in it. */
  async text(): Promise<string> {
    const lines = await this.#lines.locator(".view-line").evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: Number.parseFloat((element as HTMLElement).style.top),
          text: (element.textContent ?? "").replaceAll("\u00a0", " "),
        }))
        .sort((a, b) => a.top - b.top)
        .map((line) => line.text),
    );
    return lines.join("\n").trimEnd();
  }

  /** The line that carries the mark of an error. */
  get errorNumber(): Locator {
    return this.root.locator(".line-numbers.runnel-error-number");
  }
}

/** Pastes into whatever has the focus. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press("ControlOrMeta+v");
}
