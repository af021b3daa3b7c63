import { useSyncExternalStore } from "react";
import { Button, cx } from "../ui/index.ts";
import { useServices } from "./services.ts";
import styles from "./shell.module.css";

/** Whether Python is there; `main.ts` has started it. */
export function PythonStatus() {
  const { runtime } = useServices();
  const state = useSyncExternalStore(runtime.subscribe, runtime.state);
  const text =
    state.kind === "ready" ? "Python ready" : state.kind === "failed" ? "Python failed" : `${state.detail}…`;
  return (
    <span className={styles.python}>
      <span
        role="status"
        className={cx(styles.pill, styles[state.kind])}
        title={
          state.kind === "ready"
            ? `Python ${state.pythonVersion}`
            : state.kind === "failed"
              ? state.message
              : text
        }
      >
        <i aria-hidden="true" />
        <span className={styles.pillText}>{text}</span>
      </span>
      {state.kind === "failed" && (
        <Button size="s" onClick={() => runtime.start()}>
          Try again
        </Button>
      )}
    </span>
  );
}
