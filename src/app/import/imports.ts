import { createStore, type StoreApi } from "zustand/vanilla";
import type { WorkflowRepository } from "../../storage/index.ts";
import { importWorkflows, type Workflow } from "../../workflow/index.ts";
import { type NewcomerPolicies, storeImported } from "../workflows/index.ts";

/** What chosen files hold. Nothing of it is stored yet. */
export interface ImportOffer {
  readonly workflows: readonly Workflow[];
  /** What of the files can't be read, and why; each a sentence that names the file. */
  readonly problems: readonly string[];
}

/** Which account (null: none for now) each app gets, by slug. */
export type AccountChoices = ReadonlyMap<string, string | null>;

/** Files on their way to becoming workflows: read, shown, then stored or dropped. */
export interface Imports {
  readonly state: StoreApi<{
    readonly offer: ImportOffer | null;
    /** Counts the times that somebody wanted to choose files. */
    readonly asked: number;
  }>;
  /** Opens the browser's dialog of files. */
  choose(): void;
  /** Reads files and offers what is in them. */
  offer(files: readonly File[]): Promise<void>;
  cancel(): void;
  /**
   * Stores what is offered, with these accounts; none of it is trusted. Gives what was stored.
   * @throws Error with a sentence for the person; what was not stored is offered still
   */
  accept(accounts: AccountChoices): Promise<readonly Workflow[]>;
}

/** Larger files are not workflows. Bytes. */
const LARGEST = 64 * 1024 * 1024;

export function createImports(repository: WorkflowRepository, policies: NewcomerPolicies): Imports {
  const state: Imports["state"] = createStore(() => ({ offer: null, asked: 0 }));
  return {
    state,
    choose: () => state.setState(({ asked }) => ({ asked: asked + 1 })),
    async offer(files) {
      if (files.length === 0) return;
      const read = await Promise.all(files.map(readFile));
      state.setState({
        offer: {
          workflows: read.flatMap(({ workflows }) => workflows),
          problems: read.flatMap(({ problems }) => problems),
        },
      });
    },
    cancel: () => state.setState({ offer: null }),
    async accept(accounts) {
      const { offer } = state.getState();
      const stored: Workflow[] = [];
      for (const workflow of offer?.workflows ?? []) {
        try {
          stored.push(await storeImported(repository, policies, withAccounts(workflow, accounts)));
        } catch (error) {
          const rest = offer?.workflows.slice(stored.length) ?? [];
          state.setState({ offer: { workflows: rest, problems: offer?.problems ?? [] } });
          const reason = error instanceof Error ? error.message : String(error);
          throw new Error(`“${workflow.name}” was not stored: ${reason}`);
        }
      }
      state.setState({ offer: null });
      return stored;
    },
  };
}

async function readFile(file: File): Promise<ImportOffer> {
  const failed = (message: string) => ({ workflows: [], problems: [`${file.name}: ${message}`] });
  if (file.size > LARGEST) return failed("The file is too large to be a workflow.");
  let text: string;
  try {
    text = await file.text();
  } catch (error) {
    return failed(`The file can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = importWorkflows(text);
  if (!read.ok) return failed(read.error.message);
  const { workflows, problems } = read.value;
  if (workflows.length === 0 && problems.length === 0) return failed("There is no workflow in it.");
  return { workflows, problems: problems.map((problem) => `${file.name}: ${problem}`) };
}

function withAccounts(workflow: Workflow, accounts: AccountChoices): Workflow {
  return {
    ...workflow,
    steps: workflow.steps.map((step) => ({
      ...step,
      apps: step.apps.map(({ app, accountId }) => ({ app, accountId: accounts.get(app) ?? accountId })),
    })),
  };
}
