import type { AccountSummary } from "../accounts/index.ts";
import { toast } from "../ui/index.ts";
import {
  attachApp,
  attachDataStore,
  blankHandler,
  duplicateStep,
  insertAppCode,
  insertStep,
  moveStepTo,
  newStep,
  readersOf,
  removeStep,
  TRIGGER_NAME,
  updateStep,
} from "../workflow/index.ts";
import { type EditorContextValue, stepOf } from "./services.ts";

/** What a new step starts with. */
export interface NewStepChoice {
  readonly title: string;
  readonly code: string;
  /** Slug of the app to attach, or null. */
  readonly app: string | null;
  /** A data store is attached as well. */
  readonly dataStore?: boolean | undefined;
}

/** Title of an app's first template. */
export function anyApiTitle(appName: string): string {
  return `Run Python with any ${appName} API`;
}

export const blankTitle = "Run Python code";

/** A blank step, with `app` attached where one is given. */
export function blankChoice(app: string | null): NewStepChoice {
  return { title: blankTitle, code: blankHandler(), app };
}

export const dataStoreTitle = "Run Python code with a data store";

/** A step that counts its runs in a data store. */
export function dataStoreChoice(): NewStepChoice {
  return { title: dataStoreTitle, code: DATA_STORE_CODE, app: null, dataStore: true };
}

const DATA_STORE_CODE = `def handler(pd: "pipedream"):
    data_store = pd.inputs["data_store"]
    count = data_store.get("count", 0) + 1
    data_store["count"] = count
    return {"count": count}
`;

/** The step *Run Python with any APP API*: the app's test request as runnable code. */
export async function anyApiChoice(editor: EditorContextValue, slug: string): Promise<NewStepChoice> {
  const app = await editor.catalog.loadApp(slug);
  return { title: anyApiTitle(app.name), code: editor.catalog.pythonFor(app), app: slug };
}

/** Inserts a step and gives its id. The account of its app that was used last is chosen. */
export function addStep(editor: EditorContextValue, index: number, choice: NewStepChoice): string {
  const { document } = editor;
  const { title, code, app } = choice;
  const apps = app === null ? [] : [{ app, accountId: lastUsedAccount(editor, app) }];
  const step = newStep({ workflow: document.getState().workflow, title, code, apps });
  document.getState().apply((workflow) => {
    const inserted = insertStep(workflow, index, step);
    return choice.dataStore ? attachDataStore(inserted, step.id, onlyDataStore(editor)) : inserted;
  });
  if (app !== null) editor.preferences.noteApp(app);
  return step.id;
}

/** Attaches an app with the account used last. */
export function addApp(editor: EditorContextValue, stepId: string, slug: string): void {
  const accountId = lastUsedAccount(editor, slug);
  editor.document.getState().apply((workflow) => attachApp(workflow, stepId, slug, accountId));
  editor.preferences.noteApp(slug);
}

/** Attaches a data store: the only one there is, else the person chooses. */
export function addDataStore(editor: EditorContextValue, stepId: string): void {
  const id = onlyDataStore(editor);
  editor.document.getState().apply((workflow) => attachDataStore(workflow, stepId, id));
}

function onlyDataStore(editor: EditorContextValue): string | null {
  const { stores } = editor.dataStores.getState();
  return (stores.length === 1 && stores[0]?.id) || null;
}

/** Id of the app's account that was used last, or null where it has none. */
function lastUsedAccount(editor: EditorContextValue, slug: string): string | null {
  return latest(editor.accounts.getState().accounts.filter((account) => account.app === slug))?.id ?? null;
}

function latest(accounts: readonly AccountSummary[]): AccountSummary | undefined {
  return accounts.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt || b.createdAt - a.createdAt)[0];
}

/** Puts the app's code into a step: in the place of an untouched blank, else as a function of its own. */
export async function insertCodeOf(editor: EditorContextValue, stepId: string, slug: string): Promise<void> {
  const { catalog, document } = editor;
  const template = catalog.pythonFor(await catalog.loadApp(slug));
  document.getState().apply((workflow) => {
    const step = stepOf(workflow, stepId);
    return step === undefined
      ? workflow
      : updateStep(workflow, stepId, { code: insertAppCode(step.code, template, slug) });
  });
}

/** Opens the app's documentation in a tab of its own. */
export async function openDocs(editor: EditorContextValue, slug: string): Promise<void> {
  const { docsUrl } = await editor.catalog.loadApp(slug);
  window.open(docsUrl, "_blank", "noopener,noreferrer");
}

/** Deletes a step and offers it back, at its place. The card that takes its place gets the focus. */
export function deleteStep(editor: EditorContextValue, stepId: string): void {
  const { document, view } = editor;
  const { workflow } = document.getState();
  const index = workflow.steps.findIndex((step) => step.id === stepId);
  const step = workflow.steps[index];
  if (step === undefined) return;
  document.getState().apply((current) => removeStep(current, stepId));
  const neighbour = workflow.steps[index + 1] ?? workflow.steps[index - 1];
  view.getState().requestFocus(neighbour?.id ?? TRIGGER_NAME);
  toast(`Deleted ${step.name}`, {
    action: {
      label: "Undo",
      onClick: () => {
        const present = stepOf(document.getState().workflow, stepId) !== undefined;
        if (!present) document.getState().apply((current) => insertStep(current, index, step));
      },
    },
  });
}

export function copyStep(editor: EditorContextValue, stepId: string): void {
  const { document, view } = editor;
  document.getState().apply((workflow) => duplicateStep(workflow, stepId));
  const { steps } = document.getState().workflow;
  const copy = steps[steps.findIndex((step) => step.id === stepId) + 1];
  view.getState().requestFocus(copy?.id ?? null);
}

/** Moves a step up or down by one; the card keeps the focus, which moving its element would lose. */
export function shiftStep(editor: EditorContextValue, stepId: string, by: -1 | 1): void {
  const { steps } = editor.document.getState().workflow;
  moveTo(editor, stepId, steps.findIndex((step) => step.id === stepId) + by);
}

/** Moves a step to `index` of the list without it, and says so; warns where a step now reads one that runs after it. */
export function moveTo(editor: EditorContextValue, stepId: string, index: number): void {
  const { document, view } = editor;
  const before = document.getState().workflow;
  document.getState().apply((workflow) => moveStepTo(workflow, stepId, index));
  view.getState().requestFocus(stepId);
  const { workflow } = document.getState();
  if (workflow === before) return;
  const place = workflow.steps.findIndex((step) => step.id === stepId);
  view
    .getState()
    .announce(`${workflow.steps[place]?.name} is step ${place + 1} of ${workflow.steps.length} now.`);
  const known = new Set(readersOf(before, stepId).map(({ reader, read }) => `${reader} ${read}`));
  const [late] = readersOf(workflow, stepId).filter(({ reader, read }) => !known.has(`${reader} ${read}`));
  if (late === undefined) return;
  toast(`${late.reader} reads pd.steps["${late.read}"], which runs after it now.`, {
    tone: "warn",
    action: {
      label: "Move back",
      onClick: () => {
        const old = before.steps.findIndex((step) => step.id === stepId);
        document.getState().apply((current) => moveStepTo(current, stepId, old));
      },
    },
  });
}

/** Gives the focus to the card above (-1) or below (1) the current one. */
export function focusNeighbour(
  { document, view }: EditorContextValue,
  current: string | null,
  by: -1 | 1,
): void {
  const cards = [TRIGGER_NAME, ...document.getState().workflow.steps.map(({ id }) => id)];
  const place = cards.indexOf(current ?? TRIGGER_NAME) + by;
  view.getState().requestFocus(cards[Math.min(Math.max(place, 0), cards.length - 1)] ?? null);
}

/** Says what went wrong where there is nobody else to tell. */
export function report(doing: string): (error: unknown) => void {
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    toast(`${doing} failed: ${reason}`, { tone: "bad" });
  };
}
