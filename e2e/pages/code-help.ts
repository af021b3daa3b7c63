import { expect, type Locator, type Page } from "@playwright/test";
import type { CodeBox } from "./code-box.ts";

/** What the editor knows of the code in one box: marks, completions, what it shows under the mouse. */
export class CodeHelp {
  readonly errors: Locator;
  readonly warnings: Locator;
  /** What is written and never used. */
  readonly faded: Locator;
  readonly #page: Page;
  readonly #code: CodeBox;

  constructor(page: Page, code: CodeBox) {
    this.#page = page;
    this.#code = code;
    this.errors = code.root.locator(".squiggly-error");
    this.warnings = code.root.locator(".squiggly-warning");
    this.faded = code.root.locator(".squiggly-inline-unnecessary");
  }

  /** Puts the cursor behind `text`, which stands once in the code; `back` characters before its end. */
  async goTo(text: string, back = 0): Promise<void> {
    const lines = (await this.#code.text()).split("\n");
    const line = lines.findIndex((each) => each.includes(text));
    expect(line, `a line with ${text}`).toBeGreaterThanOrEqual(0);
    const column = (lines[line]?.indexOf(text) ?? 0) + text.length - back;
    await this.#code.focus();
    await this.#page.keyboard.press("ControlOrMeta+Home");
    for (let at = 0; at < line; at++) await this.#page.keyboard.press("ArrowDown");
    await this.#page.keyboard.press("End");
    for (let at = lines[line]?.length ?? 0; at > column; at--) await this.#page.keyboard.press("ArrowLeft");
  }

  /** Types at the cursor and gives the completions that come; their names. */
  async completionsFor(typed: string): Promise<Locator> {
    await this.#page.keyboard.type(typed);
    return this.#page.locator(".suggest-widget.visible").getByRole("option");
  }

  /** `shown` comes up while the mouse is over `text`, where it first stands in the code. What isn't known yet is asked for again. */
  async expectHover(text: string, shown: string): Promise<void> {
    await expect(async () => {
      await this.#page.mouse.move(0, 0);
      await this.#hover(text);
      await expect(this.#page.locator(".monaco-hover:visible")).toContainText(shown, { timeout: 3000 });
    }).toPass({ timeout: 60_000 });
  }

  async #hover(text: string): Promise<void> {
    const place = await this.#code.root.locator(".view-lines").evaluate((lines, wanted) => {
      const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      return null;
    }, text);
    expect(place, `${text} in the code`).not.toBeNull();
    if (place !== null) await this.#page.mouse.move(place.x, place.y, { steps: 3 });
  }

  /** Opens the fixes at the cursor and takes the one of this name. */
  async fix(title: string): Promise<void> {
    await this.#page.keyboard.press("ControlOrMeta+.");
    await this.#page.getByRole("option", { name: title }).click();
  }

  /** Gives what the cursor is in another name. */
  async rename(name: string): Promise<void> {
    await this.#page.keyboard.press("F2");
    const field = this.#page.locator(".rename-box input");
    await field.fill(name);
    await field.press("Enter");
  }

  /** Number of the line that the cursor is in. */
  get currentLine(): Locator {
    return this.#code.root.locator(".line-numbers.active-line-number");
  }
}
