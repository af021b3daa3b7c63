import type { Clearance } from "./secret-guard.ts";

/** Something that goes to the gateway, once it may. */
export interface Outgoing {
  /** Asked when its turn comes. */
  readonly clearance: () => Clearance;
  readonly send: () => void;
}

/** What one connection sends, in order: what comes after something that is held waits behind it. */
export interface Outbox {
  put(outgoing: Outgoing): void;
  /** True while something is held. */
  readonly holds: boolean;
  /** The connection is gone: what is held is never sent. */
  drop(): void;
}

export interface OutboxDeps {
  /** Something is held now, or not any more. */
  readonly onHold: (held: boolean) => void;
  /** What was held may not be sent, nor anything after it; with the sentence that says why. */
  readonly onDenied: (message: string) => void;
}

export function createOutbox({ onHold, onDenied }: OutboxDeps): Outbox {
  let waiting: Outgoing[] | null = null;
  let dropped = false;

  function put(outgoing: Outgoing): void {
    if (dropped) return;
    if (waiting) {
      waiting.push(outgoing);
      return;
    }
    const clearance = outgoing.clearance();
    if (clearance) void hold(outgoing, clearance);
    else outgoing.send();
  }

  async function hold(outgoing: Outgoing, clearance: Promise<string | null>): Promise<void> {
    waiting = [];
    onHold(true);
    const denied = await clearance;
    if (dropped) return;
    const behind = waiting;
    waiting = null;
    onHold(false);
    if (denied !== null) {
      drop();
      onDenied(denied);
      return;
    }
    outgoing.send();
    for (const next of behind) put(next);
  }

  function drop(): void {
    if (dropped) return;
    dropped = true;
    const held = waiting !== null;
    waiting = null;
    if (held) onHold(false);
  }

  return {
    put,
    get holds() {
      return waiting !== null;
    },
    drop,
  };
}
