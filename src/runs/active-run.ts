import type { RuntimeRun } from "../runtime/index.ts";
import type { Workflow } from "../workflow/index.ts";
import { noteDenials } from "./denied-hosts.ts";
import type { RunDeps } from "./deps.ts";
import { packagesOf } from "./package-update.ts";
import { createRunNetwork, type RunNetworkDeps } from "./run-network.ts";

/** The one run that goes on at the runtime, from its beginning to its end. */
export interface RunHolder {
  /** Begins a run; `end` ends it. One that was stopped before is still begun. `fresh`: in an interpreter with nothing installed. */
  begin(
    workflow: Workflow,
    asking: Pick<RunNetworkDeps, "isAppHost" | "secrets" | "stepName" | "mask">,
    fresh?: boolean,
  ): RuntimeRun;
  end(): void;
  /** Ends the step that runs now and withdraws what was asked; `stopped` is true from then to its `end`. */
  stop(): void;
  readonly stopped: boolean;
}

export function createRunHolder(deps: RunDeps): RunHolder {
  let active: RuntimeRun | null = null;
  let stopped = false;
  let withdrawQuestions = new AbortController();

  function stop(): void {
    stopped = true;
    withdrawQuestions.abort();
    active?.stop();
  }

  return {
    get stopped() {
      return stopped;
    },
    stop,
    begin(workflow, asking, fresh = false) {
      withdrawQuestions = new AbortController();
      const { signal } = withdrawQuestions;
      const network = noteDenials(
        createRunNetwork({ policy: deps.networkPolicy, ask: deps.ask, stop, signal, ...asking }),
      );
      const packages = packagesOf(fresh ? { ...workflow, packages: [] } : workflow);
      const run = deps.runtime.beginRun({ workflowId: workflow.id, network, packages, fresh });
      active = {
        ...run,
        step: async (request, onEvent) => network.explain(await run.step(request, onEvent)),
      };
      return active;
    },
    end() {
      withdrawQuestions.abort();
      active?.end();
      active = null;
      stopped = false;
    },
  };
}
