import { expect, type Locator, type Page } from "@playwright/test";
import { expectFocus } from "./focus.ts";
import { NetworkAccess } from "./network-access.ts";
import { StepCard } from "./step-card.ts";
import { StepPicker } from "./step-picker.ts";

/** The builder with one workflow open. */
export class Builder {
  readonly page: Page;
  readonly cards: Locator;
  readonly trigger: StepCard;
  readonly header: Locator;
  readonly testWorkflowButton: Locator;
  readonly networkDialog: Locator;
  readonly secretDialog: Locator;
  readonly networkAccess: NetworkAccess;

  constructor(page: Page) {
    this.page = page;
    this.cards = page.getByRole("article");
    this.trigger = new StepCard(page, "trigger");
    this.header = page.getByRole("banner");
    this.testWorkflowButton = this.header.getByRole("button", { name: "Test workflow" });
    this.networkDialog = page.getByRole("dialog", { name: "Allow network access?" });
    this.secretDialog = page.getByRole("dialog", { name: "Send a secret?" });
    this.networkAccess = new NetworkAccess(page);
  }

  step(name: string): StepCard {
    return new StepCard(this.page, name);
  }

  /** Opens the dialog at the **+** behind a card. */
  async openPicker(after: string): Promise<StepPicker> {
    await this.page.getByRole("button", { name: `Add a step after ${after}`, exact: true }).click();
    const picker = new StepPicker(this.page);
    await expectFocus(picker.search);
    return picker;
  }

  /** Adds a step of *Run Python code* behind a card; `name` is what the card will be called. */
  async addCode(after: string, name: string, code?: string): Promise<StepCard> {
    await (await this.openPicker(after)).pickCode();
    const step = this.step(name);
    await expect(step.root).toBeVisible();
    if (code !== undefined) await step.code.set(code);
    return step;
  }

  /** Adds *Run Python with any APP API* behind a card. */
  async addApp(after: string, app: string, name: string, query?: string): Promise<StepCard> {
    await (await this.openPicker(after)).pickApp(app, query);
    const step = this.step(name);
    await expect(step.root).toBeVisible();
    return step;
  }

  /** *Add app* of a step: the same search, the app is attached. */
  async attachApp(step: StepCard, app: string): Promise<void> {
    await step.root.getByRole("button", { name: "Add app" }).click();
    const picker = new StepPicker(this.page, "Add app");
    await picker.search.fill(app);
    await picker.option(app).click();
    await expect(picker.root).toBeHidden();
  }

  async testWorkflow(): Promise<void> {
    await this.testWorkflowButton.click();
  }

  /** Answers *Allow network access?* once it is asked, which may be after packages were installed. */
  async answerNetwork(answer: "Allow" | "Deny"): Promise<void> {
    await answerQuestion(this.networkDialog, answer);
  }

  /** Answers *Send a secret?* once it is asked. */
  async answerSecret(answer: "Don't send" | "Send once" | "Always send there"): Promise<void> {
    await answerQuestion(this.secretDialog, answer);
  }

  /** Everything typed is stored. */
  async expectSaved(): Promise<void> {
    await expect(this.header.getByText("Saved", { exact: true })).toBeVisible();
  }

  /** Types another name for the workflow. */
  async rename(name: string): Promise<void> {
    await this.header.getByRole("button", { name: /^Rename workflow/ }).click();
    const field = this.header.getByRole("textbox", { name: "Workflow name" });
    await field.fill(name);
    await field.press("Enter");
    await expect(this.header.getByRole("button", { name: `Rename workflow ${name}` })).toBeVisible();
  }

  async setTimeLimit(seconds: number): Promise<void> {
    await this.header.getByRole("button", { name: /^Time limit/ }).click();
    const dialog = this.page.getByRole("dialog", { name: "Time limit" });
    await dialog.getByLabel("Seconds").fill(String(seconds));
    await dialog.getByRole("button", { name: "Set" }).click();
    await expect(this.header.getByRole("button", { name: `Time limit: ${seconds} s` })).toBeVisible();
  }

  get undoButton(): Locator {
    return this.header.getByRole("button", { name: "Undo", exact: true });
  }

  get redoButton(): Locator {
    return this.header.getByRole("button", { name: "Redo", exact: true });
  }

  /** Names of the steps, from the first. */
  async expectSteps(...names: string[]): Promise<void> {
    await expect
      .poll(() => this.cards.evaluateAll((cards) => cards.map((card) => card.getAttribute("aria-label"))))
      .toEqual(["trigger", ...names]);
  }

  /** Replaces the event of the trigger. */
  async setEvent(json: string): Promise<void> {
    await this.trigger.code.set(json);
  }
}

/** By keyboard: half a second passes before a click on what gives something away counts. */
async function answerQuestion(dialog: Locator, answer: string): Promise<void> {
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  const asked = (await dialog.getByRole("paragraph").first().textContent()) ?? "";
  await dialog.getByRole("button", { name: answer, exact: true }).press("Enter");
  // The next question, about another place, may stand there at once.
  await expect(dialog.getByText(asked, { exact: true })).toBeHidden();
}
