import { CircleAlert, CircleCheck } from "lucide-react";
import styles from "./accounts.module.css";
import type { ConnectionResult } from "./test-connection.ts";

/** How a test of the connection went; read out when it changes. */
export function TestResult({ result }: { readonly result: ConnectionResult | null }) {
  return (
    <div aria-live="polite" className={styles.result} data-ok={result?.ok}>
      {result !== null &&
        (result.ok ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />)}
      {result !== null && <span>{result.ok ? result.summary : result.message}</span>}
    </div>
  );
}
