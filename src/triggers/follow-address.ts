import type { HookAnswer, HookRequest, Hooks } from "../runtime/index.ts";
import type { HookAddress } from "./trigger-state.ts";
import type { HookTokens } from "./types.ts";

export interface AddressDeps {
  readonly workflowId: string;
  readonly hooks: Hooks;
  readonly tokens: HookTokens;
  readonly onRequest: (request: HookRequest) => Promise<HookAnswer>;
  readonly onChange: (address: HookAddress) => void;
}

/** The address of one workflow while its trigger is an HTTP one. */
export interface Address {
  /** Whether the workflow has one now: it listens, or the address is not found. */
  set(wanted: boolean): void;
  renew(): Promise<void>;
  /** The workflow is closed: what comes now is kept for it. */
  dispose(): void;
}

export function createAddress({ workflowId, hooks, tokens, onRequest, onChange }: AddressDeps): Address {
  let wanted = false;
  let disposed = false;
  let listening: { readonly token: string; readonly stop: () => void } | null = null;
  let registered = false;
  let turn = Promise.resolve();

  const ready = (token: string) =>
    onChange({ kind: "ready", url: hooks.address(token), connection: hooks.state() });

  /** Makes it so, one after the other. */
  function update(): void {
    turn = turn.then(makeItSo).catch((error: unknown) => {
      if (!disposed)
        onChange({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    });
  }

  async function makeItSo(): Promise<void> {
    if (disposed) return;
    const token = wanted ? await tokens.tokenOf(workflowId, hooks.newToken) : null;
    if (disposed || token === (listening?.token ?? null)) return;
    if (listening) hooks.drop(listening.token);
    listening = null;
    registered = false;
    if (token === null) return onChange({ kind: "none" });
    onChange({ kind: "registering" });
    listening = { token, stop: hooks.listen(token, onRequest) };
    hooks.registered(token).then(
      () => {
        if (listening?.token !== token) return;
        registered = true;
        ready(token);
      },
      (error: Error) => {
        if (listening?.token === token) onChange({ kind: "failed", message: error.message });
      },
    );
  }

  const unsubscribe = hooks.subscribe(() => {
    if (listening && registered) ready(listening.token);
    else if (listening && hooks.state() === "lost")
      onChange({
        kind: "failed",
        message: "The gateway doesn't answer: start it (npm start) and reload this page.",
      });
    else if (listening) onChange({ kind: "registering" });
  });
  const unfollow = tokens.onChange((id) => {
    if (id === workflowId && wanted) update();
  });

  return {
    set(next) {
      if (next === wanted) return;
      wanted = next;
      update();
    },
    async renew() {
      await tokens.replace(workflowId, hooks.newToken());
      update();
      await turn;
    },
    dispose() {
      disposed = true;
      unsubscribe();
      unfollow();
      listening?.stop();
    },
  };
}
