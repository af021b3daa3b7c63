import type { HookAnswer, HookRequest, HookResponse } from "../runtime/index.ts";
import type { Workflow } from "../workflow/index.ts";
import { httpRecord } from "./events.ts";
import type { TriggeredRuns } from "./triggered-runs.ts";
import type { EventRecord } from "./types.ts";

/** What the original answers where a step could have called `pd.respond`, and none did. */
const NOT_CALLED: HookResponse = {
  status: 400,
  headers: [["content-type", "text/plain; charset=utf-8"]],
  body: btoa("No pd.respond called in workflow"),
};

export interface HookRequestDeps {
  readonly workflow: () => Workflow;
  readonly runs: TriggeredRuns;
  /** Stores the event. False: it is there already. */
  readonly keep: (record: EventRecord) => Promise<boolean>;
  /** Makes it the selected event. */
  readonly select: (record: EventRecord) => void;
}

/**
 * What becomes of a request to the workflow's address: it is stored as an event, selected, and runs the workflow where the trigger says
 * so. It is not taken from the gateway before its turn: what waits there outlasts this page.
 */
export function createHookRequests({ workflow, runs, keep, select }: HookRequestDeps) {
  return async function onRequest(request: HookRequest): Promise<HookAnswer> {
    const endTurn = await runs.turn();
    let goesOn = false;
    try {
      const record = httpRecord(workflow().id, request.id, request.at, request.event);
      if (!(await keep(record))) return null;
      select(record);
      const { trigger, steps } = workflow();
      if (trigger.kind !== "http" || !trigger.runs) return null;
      const mayRespond = steps.some(({ enabled, code }) => enabled && /\brespond\b/.test(code));
      const answer = Promise.withResolvers<HookResponse | null>();
      // As in the original: who gets the default answer doesn't wait for the run.
      const asker = mayRespond ? { request, answer: answer.resolve } : null;
      goesOn = true;
      void runs
        .run({ record, replay: false, asker })
        // A run that waits may call it later, and whoever sent the request doesn't wait that long.
        .then((goesOnLater) => answer.resolve(goesOnLater ? null : NOT_CALLED))
        .catch(() => answer.resolve(null))
        .finally(endTurn);
      return mayRespond ? { later: answer.promise } : null;
    } finally {
      if (!goesOn) endTurn();
    }
  };
}
