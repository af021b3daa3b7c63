import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The time in milliseconds since the epoch, anew each minute and whenever `since` changes. */
export function useNow(since: unknown): number {
  const [now, setNow] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `since` asks for the time.
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, [since]);
  return now;
}
