import { useEffect, useState } from "react";
import { useDataStoreServices } from "./context.tsx";

/** How many records a data store has; null until that is known. Follows steps and other tabs. */
export function useRecordCount(store: string): number | null {
  const { records } = useDataStoreServices();
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = () =>
      records.count(store).then(
        (found) => isCurrent && setCount(found),
        () => isCurrent && setCount(null),
      );
    void read();
    const unsubscribe = records.onChange((changed) => changed === store && void read());
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [records, store]);
  return count;
}
