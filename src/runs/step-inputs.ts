import { newId } from "../lib/id.ts";
import type { StepDataStore, StepError, StepRequest } from "../runtime/index.ts";
import type { NamedSecret } from "../vault/index.ts";
import { parseEvent, type Step, type Workflow } from "../workflow/index.ts";
import type { AccountForRun, EventFacts, RunDeps } from "./deps.ts";

/** Everything a run of some steps needs, gathered before the first of them starts. */
export interface RunInputs {
  /** JSON text of the trigger's exports: `{"event": …, "context": …}`. */
  readonly triggerJson: string;
  readonly env: Readonly<Record<string, string>>;
  /** All accounts that the workflow uses, each once. */
  readonly accounts: readonly AccountForRun[];
  /** Secrets of all accounts the workflow uses and of the environment. */
  readonly secrets: readonly NamedSecret[];
  readonly accountsOf: (step: Step) => StepRequest["inputs"];
  /** The data store that is attached to the step; null: none. */
  readonly dataStoreOf: (step: Step) => StepDataStore | null;
  /** Apps that are attached to the step without an account, and `data_store` where none is chosen. */
  readonly unconnected: (step: Step) => readonly string[];
  /** What keeps the step from running, or null. */
  readonly problemOf: (step: Step) => StepError | null;
}

/** The data store's key under `pd.inputs`. */
const DATA_STORE = "data_store";

const problem = (code: string, message: string, hint: string): StepError => ({
  code,
  type: code,
  message,
  hint,
  line: null,
  column: null,
  traceback: "",
});

/**
 * Reads event, accounts and environment. A value that can't be had becomes the problem of the steps that need it. `triggerJson`: of a
 * run that was begun earlier; null: made of the workflow's event.
 */
export async function gatherInputs(
  deps: RunDeps,
  workflow: Workflow,
  triggerJson: string | null = null,
): Promise<RunInputs> {
  const event = parseEvent(triggerJson === null ? workflow.trigger.eventText : "null");
  const accounts = new Map<string, AccountForRun>();
  const broken = new Map<string, string>();
  const wanted = new Map(
    workflow.steps.flatMap(({ apps }) =>
      apps.flatMap(({ app, accountId }) =>
        accountId === null ? [] : [[`${app} ${accountId}`, { app, accountId }] as const],
      ),
    ),
  );
  let environmentProblem: string | null = null;
  // Each may wait for the database.
  const [found, dataStores, environment] = await Promise.all([
    Promise.all(
      Array.from(wanted.values(), async ({ app, accountId }) => {
        try {
          return [accountId, await deps.account(app, accountId)] as const;
        } catch (error) {
          broken.set(accountId, error instanceof Error ? error.message : String(error));
          return [accountId, null] as const;
        }
      }),
    ),
    gatherDataStores(deps, workflow),
    deps.environment().catch((error: unknown) => {
      environmentProblem = error instanceof Error ? error.message : String(error);
      return { values: {}, secrets: [] };
    }),
  ]);
  for (const [accountId, account] of found) if (account) accounts.set(accountId, account);

  return {
    triggerJson:
      triggerJson ??
      JSON.stringify({
        event: event.ok ? event.value : null,
        context: triggerContext(workflow, deps.eventFacts?.() ?? null),
      }),
    env: environment.values,
    accounts: [...accounts.values()],
    secrets: [...[...accounts.values()].flatMap(({ secrets }) => secrets), ...environment.secrets],
    accountsOf: (step) =>
      Object.fromEntries(
        step.apps.flatMap(({ app, accountId }) => {
          const $auth = accountId === null ? undefined : accounts.get(accountId)?.auth;
          return $auth ? [[app, { $auth }]] : [];
        }),
      ),
    dataStoreOf: (step) => dataStores.get(step.dataStore?.id ?? "")?.store ?? null,
    unconnected: (step) => [
      ...step.apps.filter(({ accountId }) => accountId === null).map(({ app }) => app),
      ...(step.dataStore?.id === null ? [DATA_STORE] : []),
    ],
    problemOf(step) {
      if (!event.ok) {
        return problem(
          "InvalidEvent",
          `The trigger's event is not valid JSON: ${event.error.message} (line ${event.error.line}, column ${event.error.column}).`,
          "Mend the event in the trigger at the top of the workflow, then test again.",
        );
      }
      if (environmentProblem) {
        return problem(
          "EnvironmentUnreadable",
          environmentProblem,
          "Set the variable again on the Environment page.",
        );
      }
      const dataStore = dataStores.get(step.dataStore?.id ?? "");
      if (dataStore?.problem) {
        return problem(
          "DataStoreMissing",
          dataStore.problem,
          "Choose another data store above the code, or make a new one.",
        );
      }
      for (const { app, accountId } of step.apps) {
        if (accountId === null || accounts.has(accountId)) continue;
        const why = broken.get(accountId);
        return problem(
          "AccountMissing",
          why ?? `The account that this step uses for ${app} has been deleted.`,
          `Choose another account for ${app} in the step, or connect one.`,
        );
      }
      return null;
    },
  };
}

type GatheredStore =
  | { readonly store: StepDataStore; readonly problem: null }
  | { readonly store: null; readonly problem: string };

/** The data stores of all steps by id, each once. */
async function gatherDataStores(deps: RunDeps, workflow: Workflow): Promise<Map<string, GatheredStore>> {
  const ids = new Set(workflow.steps.flatMap(({ dataStore }) => dataStore?.id ?? []));
  const gathered = Array.from(ids, async (id): Promise<[string, GatheredStore]> => {
    try {
      const store = await deps.dataStore(id);
      if (store) return [id, { store, problem: null }];
      return [id, { store: null, problem: "The data store that this step uses has been deleted." }];
    } catch (error) {
      return [id, { store: null, problem: error instanceof Error ? error.message : String(error) }];
    }
  });
  return new Map(await Promise.all(gathered));
}

/** Fact 7 of the reference: what `pd.steps["trigger"]["context"]` holds. There is no owner or deployment on a person's own machine. */
function triggerContext(workflow: Workflow, event: EventFacts | null): Record<string, unknown> {
  return {
    id: event?.id ?? newId(),
    ts: event?.ts ?? new Date().toISOString(),
    workflow_id: workflow.id,
    workflow_name: workflow.name,
    deployment_id: `local_${workflow.id}`,
    owner_id: "local",
    platform_version: "runnel",
    replay: event?.replay ?? false,
    trace_id: newId(),
    emitter_id: event?.emitterId ?? "manual",
  };
}
