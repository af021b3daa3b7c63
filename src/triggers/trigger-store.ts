import { createStore } from "zustand/vanilla";
import type { Answered, EventFacts } from "../runs/index.ts";
import type { HookResponse, Hooks } from "../runtime/index.ts";
import { type DocumentStore, parseEvent, type Schedule, setEventText } from "../workflow/index.ts";
import { beyondBounds, inOrder, manualRecord, scheduleRecord } from "./events.ts";
import { createAddress } from "./follow-address.ts";
import { createHookRequests } from "./hook-requests.ts";
import { createScheduleClock, NO_SCHEDULE, type ScheduleClockDeps } from "./schedule/schedule-clock.ts";
import { scheduleEvent } from "./schedule/schedule-event.ts";
import type { TriggerState, TriggerStore } from "./trigger-state.ts";
import { createTriggeredRuns, type TriggeredRuns } from "./triggered-runs.ts";
import type { EventRecord, EventRepository, HookTokens } from "./types.ts";

export interface TriggerDeps {
  readonly document: DocumentStore;
  readonly runs: Parameters<typeof createTriggeredRuns>[0];
  readonly events: EventRepository;
  readonly tokens: HookTokens;
  readonly hooks: Hooks;
  readonly locks: ScheduleClockDeps["locks"];
  /** Something could not be stored. */
  readonly onProblem: (message: string) => void;
}

/** What the trigger of one open workflow does, and what the runs ask of it. */
export interface Triggers {
  readonly store: TriggerStore;
  /** About the selected event; one that the person has typed becomes an earlier event by being run. */
  eventFacts(): EventFacts | null;
  /** A step answers the request that the run came from. */
  respond(response: HookResponse): Answered;
}

/** Opens the trigger of a workflow: its address, its schedule, its earlier events. A read-only document has only the last. */
export function createTriggers(deps: TriggerDeps): Triggers {
  const { document, events: repository, onProblem } = deps;
  const workflowId = document.getState().workflow.id;
  const runs = createTriggeredRuns(deps.runs);
  const workflow = () => document.getState().workflow;
  /** Text of the last event that a trigger has selected. */
  let lastSelected: string | null = null;

  const store: TriggerStore = createStore<TriggerState>(() => ({
    events: null,
    address: { kind: "none" },
    schedule: NO_SCHEDULE,
    select(eventId) {
      const record = find(eventId);
      if (record) document.getState().apply((current) => setEventText(current, record.text));
    },
    async replay(eventId) {
      const record = find(eventId);
      if (!record || runs.isBusy()) return;
      await inTurn(async () => {
        document.getState().apply((current) => setEventText(current, record.text));
        await runs.run({ record, replay: true, asker: null });
      });
    },
    async remove(eventId) {
      await repository.delete(`${workflowId} ${eventId}`);
    },
    renewAddress: () => address.renew(),
    dispose() {
      unsubscribe();
      unfollow();
      clock.dispose();
      address.dispose();
      runs.dispose();
    },
  }));
  const { getState, setState } = store;
  const find = (eventId: string) => getState().events?.find((record) => record.eventId === eventId);

  const load = () =>
    repository.listFor(workflowId).then(
      (events) => setState({ events: inOrder(events) }),
      (error: unknown) => onProblem(`Earlier events could not be read: ${wordsOf(error)}`),
    );

  async function inTurn(work: () => Promise<void>): Promise<void> {
    const endTurn = await runs.turn();
    try {
      await work();
    } finally {
      endTurn();
    }
  }

  /** Stores it, and shows it at once. */
  async function keep(record: EventRecord): Promise<boolean> {
    const isNew = await repository.add(record, beyondBounds);
    if (isNew) show(record);
    return isNew;
  }

  function show(record: EventRecord): void {
    const others = (getState().events ?? []).filter(({ id }) => id !== record.id);
    setState({ events: inOrder([record, ...others]) });
  }

  /** As an edit that brings back the event before it when it is undone; of a series of events, the one before all of them. */
  function select(record: EventRecord): void {
    const isSeries = lastSelected !== null && workflow().trigger.eventText === lastSelected;
    lastSelected = record.text;
    document.getState().apply((current) => setEventText(current, record.text), { ofRun: isSeries });
  }

  const keepRequest = (record: EventRecord): Promise<boolean> =>
    keep(record).catch((error: unknown) => {
      onProblem(
        `A request could not be stored: it and those that follow wait at the gateway until this page is reloaded. ${wordsOf(error)}`,
      );
      throw error;
    });

  const address = createAddress({
    workflowId,
    hooks: deps.hooks,
    tokens: deps.tokens,
    onRequest: createHookRequests({ workflow, runs, keep: keepRequest, select }),
    onChange: (next) => setState({ address: next }),
  });

  const clock = createScheduleClock({
    workflowId,
    locks: deps.locks,
    onDue(schedule, at) {
      if (runs.isBusy()) return false;
      runDue(schedule, at).catch((error: unknown) =>
        onProblem(`The scheduled run could not begin: ${wordsOf(error)}`),
      );
      return true;
    },
    onChange: (schedule) => setState({ schedule }),
  });

  async function runDue(schedule: Schedule, at: number): Promise<void> {
    await inTurn(async () => {
      const record = scheduleRecord(workflowId, at, scheduleEvent(schedule, at));
      await keep(record);
      select(record);
      await runs.run({ record, replay: false, asker: null });
    });
  }

  /** Does what the trigger says now. */
  function follow(): void {
    const { readOnly, saveState } = document.getState();
    const { trigger } = workflow();
    const isGone = saveState.kind === "failed" && saveState.reason === "deleted";
    address.set(trigger.kind === "http" && !readOnly && !isGone);
    const schedule = trigger.kind === "schedule" ? trigger.schedule : null;
    const enabled = trigger.kind === "schedule" && trigger.enabled && !readOnly && !isGone;
    const key = JSON.stringify([schedule, enabled]);
    if (key !== followed) clock.set(schedule, enabled);
    followed = key;
  }
  let followed = JSON.stringify([null, false]);
  const unsubscribe = document.subscribe((state, before) => {
    if (state.workflow.trigger !== before.workflow.trigger || state.saveState !== before.saveState) follow();
  });
  const unfollow = repository.onChange((id) => {
    if (id === workflowId) void load();
  });
  follow();
  void load();

  return {
    store,
    respond: runs.respond,
    eventFacts: () => factsOf(runs, store, workflow().trigger.eventText, typed),
  };

  /** An event that the person has written is run: it is one of the earlier ones from now on. */
  function typed(text: string): EventRecord | null {
    if (getState().events === null || !parseEvent(text).ok) return null;
    const record = manualRecord(workflowId, Date.now(), text);
    show(record);
    repository
      .add(record, beyondBounds)
      .catch((error: unknown) => onProblem(`The event could not be kept: ${wordsOf(error)}`));
    return record;
  }
}

function factsOf(
  runs: TriggeredRuns,
  store: TriggerStore,
  text: string,
  typed: (text: string) => EventRecord | null,
): EventFacts | null {
  const current = runs.current();
  const known = store.getState().events?.find((record) => record.text === text);
  const record = current?.record ?? known ?? typed(text);
  if (!record) return null;
  return {
    id: record.eventId,
    ts: new Date(record.at).toISOString(),
    emitterId: record.kind === "manual" ? "manual" : `${record.kind}_${record.workflowId}`,
    replay: current?.replay ?? false,
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
