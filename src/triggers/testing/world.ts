/** What the tests of this room share: an open workflow at a real gateway, with runs that are made by hand. */
import { WebSocket as NodeWebSocket } from "ws";
import { createStore } from "zustand/vanilla";
import { startTestGateway, type TestGateway, temporaryFolder } from "../../gateway/testing/page.ts";
import type { RunState } from "../../runs/index.ts";
import { createGatewayClient, createHooks } from "../../runtime/index.ts";
import { createMemoryBrowser, openMemoryStorage, type Storage } from "../../storage/index.ts";
import { createDocumentStore, newWorkflow, type Workflow, workflowCodec } from "../../workflow/index.ts";
import { createTriggers, type Triggers } from "../index.ts";

/** One run of the workflow that a test lets go on until it ends it. */
export interface TestRun {
  readonly eventText: string;
  readonly facts: ReturnType<Triggers["eventFacts"]>;
  end(): void;
}

export interface TriggerWorld {
  readonly gateway: TestGateway;
  readonly storage: Storage;
  /** Opens a workflow as a page does. */
  open(workflow: Workflow, options?: { readonly onRun?: (run: TestRun) => void }): OpenTriggers;
  close(): Promise<void>;
}

export interface OpenTriggers extends Triggers {
  readonly document: ReturnType<typeof createDocumentStore>;
  readonly runs: readonly TestRun[];
  /** The URL, once requests to it are heard. */
  address(): Promise<string>;
  /** The person runs something until the function that this gives is called. */
  runByHand(): () => void;
  readonly problems: readonly string[];
  close(): void;
}

const RUNNING = { kind: "workflow", stepIds: [], currentStepId: null } as const;

export async function triggerWorld(limits = {}): Promise<TriggerWorld> {
  const gateway = await startTestGateway({ dataDir: await temporaryFolder(), limits });
  const storage = await openMemoryStorage({ workflowCodec, browser: createMemoryBrowser() });
  const opened: OpenTriggers[] = [];

  function open(workflow: Workflow, { onRun = (run: TestRun) => run.end() } = {}): OpenTriggers {
    const document = createDocumentStore({
      workflow,
      revision: 1,
      save: (_workflow, revision) => Promise.resolve({ kind: "saved", revision: revision + 1 }),
    });
    const { origin, token } = gateway;
    const hooks = createHooks(
      createGatewayClient({
        origin,
        token,
        openWebSocket(url, protocols) {
          const socket = new NodeWebSocket(url, protocols, { origin });
          socket.on("error", () => {});
          return socket as unknown as WebSocket;
        },
      }),
    );
    const done: TestRun[] = [];
    const problems: string[] = [];
    const runs = createStore<Pick<RunState, "running" | "testWorkflow" | "waiting">>((set) => ({
      running: null,
      waiting: [],
      testWorkflow: () =>
        new Promise((resolve) => {
          set({ running: RUNNING });
          const run: TestRun = {
            eventText: document.getState().workflow.trigger.eventText,
            facts: triggers.eventFacts(),
            end() {
              set({ running: null });
              resolve();
            },
          };
          done.push(run);
          onRun(run);
        }),
    }));
    const triggers = createTriggers({
      document,
      runs,
      events: storage.events,
      tokens: storage.hookTokens,
      hooks,
      locks: navigator.locks,
      onProblem: (problem) => problems.push(problem),
    });
    const result: OpenTriggers = {
      ...triggers,
      document,
      runs: done,
      problems,
      address: () =>
        new Promise((resolve) => {
          const check = () => {
            const { address } = triggers.store.getState();
            if (address.kind !== "ready") return;
            unsubscribe();
            resolve(address.url);
          };
          const unsubscribe = triggers.store.subscribe(check);
          check();
        }),
      runByHand() {
        runs.setState({ running: RUNNING });
        return () => runs.setState({ running: null });
      },
      close: () => triggers.store.getState().dispose(),
    };
    opened.push(result);
    return result;
  }

  return {
    gateway,
    storage,
    open,
    async close() {
      for (const each of opened) each.close();
      await gateway.close();
      storage.close();
    },
  };
}

/** A workflow with an HTTP trigger and one step. */
export function httpWorkflow(code = "def handler(pd): ..."): Workflow {
  const workflow = newWorkflow({ name: "Orders" });
  return {
    ...workflow,
    trigger: { kind: "http", eventText: "{}", collapsed: false, runs: true },
    steps: [
      {
        id: "s",
        name: "python",
        title: "",
        code,
        apps: [],
        dataStore: null,
        enabled: true,
        collapsed: false,
        note: "",
      },
    ],
  };
}
