import { newId } from "../../lib/id.ts";
import type { HookRequest, HookResponse, Hooks, HttpEvent, StepFlow } from "../../runtime/index.ts";
import type { WaitAddress, WaitingRun } from "./types.ts";

/** What is used of the gateway's incoming addresses. */
export type WaitHooks = Pick<Hooks, "newToken" | "address" | "listen" | "registered" | "drop">;

/** A step waits no longer than that for its addresses to be known to the gateway, in milliseconds: it may be gone. */
const REGISTERED_WITHIN = 2000;

/** The addresses of one step, from before it runs. */
export interface WaitOffer {
  readonly address: WaitAddress;
  readonly urls: StepFlow["urls"];
  /** The step has ended, and its run waits (and is among the runs that wait) or doesn't. */
  settle(waits: boolean): void;
}

/** `resume_url` and `cancel_url` of the steps that run and of the runs that wait. */
export interface WaitAddresses {
  /** For a step that is about to run. Those of code that can't wait are never told to the gateway. */
  offer(code: string): Promise<WaitOffer>;
  /** Requests are listened to for these runs, and for no others that waited before. */
  listenFor(runs: readonly WaitingRun[]): void;
  /** The run doesn't wait any more: its addresses are gone. */
  drop(run: WaitingRun): void;
  /** Stops listening: what comes is kept by the gateway until the workflow is opened again. */
  dispose(): void;
}

/** What is done about a request. Both give whether the run was waiting still; where they reject, the gateway keeps the request. */
export interface OnWaitRequest {
  readonly resume: (run: WaitingRun, event: HttpEvent) => Promise<boolean>;
  readonly cancel: (run: WaitingRun) => Promise<boolean>;
}

export function createWaitAddresses(
  hooks: WaitHooks,
  waiting: () => readonly WaitingRun[],
  on: OnWaitRequest,
): WaitAddresses {
  /** By hook: the way to stop listening. */
  const listening = new Map<string, () => void>();
  /** By hook, of steps that run: settled when they have ended. */
  const running = new Map<string, Promise<void>>();

  /** By hook: how many requests are being answered. A hook that is dropped before takes its answers along. */
  const answering = new Map<string, number>();

  function listen(hook: string): void {
    if (listening.has(hook)) return;
    listening.set(
      hook,
      hooks.listen(hook, async (request) => {
        answering.set(hook, (answering.get(hook) ?? 0) + 1);
        // By then what is returned here is sent.
        const sent = () => setTimeout(() => answered(hook));
        return answer(hook, request).finally(sent);
      }),
    );
  }

  function answered(hook: string): void {
    const left = (answering.get(hook) ?? 1) - 1;
    if (left > 0) return void answering.set(hook, left);
    answering.delete(hook);
    if (!listening.has(hook)) hooks.drop(hook);
  }

  function forget(hook: string): void {
    if (listening.delete(hook) && !answering.has(hook)) hooks.drop(hook);
  }

  async function answer(hook: string, { event }: HookRequest): Promise<HookResponse> {
    // A service may be faster than the step that has told it the address.
    await running.get(hook);
    const run = waiting().find(({ address }) => address.hook === hook);
    const [, what, id] = /^\/(resume|cancel)\/(\w+)\/?$/.exec(event.path) ?? [];
    if (what === "resume" && run && id === run.address.resume)
      return (await on.resume(run, event)) ? said(200, "The run goes on.") : over;
    if (what === "cancel" && run && id === run.address.cancel)
      return (await on.cancel(run)) ? said(200, "The run is cancelled.") : over;
    return run ? said(404, "There is no such address.") : over;
  }

  return {
    async offer(code) {
      const address = { hook: hooks.newToken(), resume: newId(), cancel: newId() };
      const { hook } = address;
      const ended = Promise.withResolvers<void>();
      const base = hooks.address(hook);
      if (/\b(delay|suspend|rerun)\b/.test(code)) {
        running.set(hook, ended.promise);
        listen(hook);
        const late = new Promise((resolve) => setTimeout(resolve, REGISTERED_WITHIN));
        // The step may run without: whoever needs the address will find that nobody answers there.
        await Promise.race([hooks.registered(hook).catch(() => {}), late]);
      }
      return {
        address,
        urls: {
          resume_url: `${base}/resume/${address.resume}`,
          cancel_url: `${base}/cancel/${address.cancel}`,
        },
        settle(waits) {
          running.delete(hook);
          ended.resolve();
          if (!waits) forget(hook);
        },
      };
    },
    listenFor(runs) {
      const wanted = new Set(runs.map(({ address }) => address.hook));
      for (const [hook, stop] of listening) {
        if (wanted.has(hook) || running.has(hook) || answering.has(hook)) continue;
        listening.delete(hook);
        stop();
      }
      for (const hook of wanted) listen(hook);
    },
    drop: ({ address }) => forget(address.hook),
    dispose() {
      for (const stop of listening.values()) stop();
      listening.clear();
    },
  };
}

const over = said(410, "This run doesn't wait any more.");

function said(status: number, text: string): HookResponse {
  return { status, headers: [["content-type", "text/plain; charset=utf-8"]], body: btoa(`${text}\n`) };
}

/** What a request to `resume_url` brings, as JSON text: its body, else what stands in its query. */
export function dataOf({ body, query }: HttpEvent): string {
  return JSON.stringify(body ?? query);
}
