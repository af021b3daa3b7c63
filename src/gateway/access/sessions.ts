import { createHash, randomBytes } from "node:crypto";

/** A session ends after this long without a request, in milliseconds. */
export const SESSION_IDLE = 12 * 3600_000;
/** And after this long in any case. */
export const SESSION_LIFE = 7 * 24 * 3600_000;
/** The longest unused one goes when another begins. */
const MAX_SESSIONS = 1000;

/** Something that lasts and must not outlive its session: an answer that is being sent, a WebSocket's connection. */
export interface Lasting {
  destroy(): unknown;
  once(event: "close", listener: () => void): unknown;
}

export interface Session {
  /** Ends `lasting` with the session. */
  hold(lasting: Lasting): void;
  /** As if it had not been held. */
  release(lasting: Lasting): void;
  end(): void;
}

export interface Sessions {
  /** Begins a session; `id` is for the person's browser only. */
  begin(): { readonly id: string; readonly session: Session };
  /** The session of an id, which counts as a use of it; null for one that never was or is over. */
  find(id: string): Session | null;
  /** Ends those whose time is over. */
  sweep(): void;
  endAll(): void;
}

export function createSessions(now: () => number = Date.now): Sessions {
  const sessions = new Map<string, { readonly session: Session; readonly begun: number; used: number }>();

  function open(key: string): Session {
    const held = new Set<Lasting>();
    const session: Session = {
      hold(lasting) {
        held.add(lasting);
        lasting.once("close", () => held.delete(lasting));
      },
      release: (lasting) => void held.delete(lasting),
      end() {
        sessions.delete(key);
        for (const lasting of held) lasting.destroy();
        held.clear();
      },
    };
    return session;
  }

  const over = ({ begun, used }: { begun: number; used: number }) =>
    now() - used > SESSION_IDLE || now() - begun > SESSION_LIFE;

  return {
    begin() {
      const id = randomBytes(32).toString("base64url");
      const key = keyOf(id);
      const oldest = [...sessions.values()].sort((a, b) => a.used - b.used)[0];
      if (sessions.size >= MAX_SESSIONS) oldest?.session.end();
      const session = open(key);
      sessions.set(key, { session, begun: now(), used: now() });
      return { id, session };
    },
    find(id) {
      const found = sessions.get(keyOf(id));
      if (!found) return null;
      if (over(found)) {
        found.session.end();
        return null;
      }
      found.used = now();
      return found.session;
    },
    sweep() {
      for (const entry of [...sessions.values()]) if (over(entry)) entry.session.end();
    },
    endAll() {
      for (const { session } of [...sessions.values()]) session.end();
    },
  };
}

/** Ids are looked up by their hash: how long that takes says nothing about an id. */
function keyOf(id: string): string {
  return createHash("sha256").update(id).digest("base64");
}
