import { useEffect, useRef, useState } from "react";
import { useAccountServices } from "./context.tsx";
import type { ConnectionResult } from "./test-connection.ts";

/** A test of the connection that runs at most once at a time; an answer that is out of date is dropped. */
export interface ConnectionTest {
  readonly isRunning: boolean;
  readonly result: ConnectionResult | null;
  run(fields: Readonly<Record<string, string>>): Promise<void>;
  /** The values have changed: the result says nothing about them. */
  forget(): void;
}

export function useConnectionTest(app: string): ConnectionTest {
  const { testConnection } = useAccountServices();
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<ConnectionResult | null>(null);
  const latest = useRef(0);
  useEffect(
    () => () => {
      latest.current = -1;
    },
    [],
  );

  return {
    isRunning,
    result,
    async run(fields) {
      const turn = ++latest.current;
      setRunning(true);
      setResult(null);
      const answer = await testConnection(app, fields).catch(
        (error: unknown): ConnectionResult => ({
          ok: false,
          message: error instanceof Error ? error.message : String(error),
        }),
      );
      if (turn !== latest.current) return;
      setRunning(false);
      setResult(answer);
    },
    forget() {
      latest.current++;
      setRunning(false);
      setResult(null);
    },
  };
}
