import { Button } from "../../ui/index.ts";
import styles from "./question.module.css";

/** Ends the run that asks: the dialog lies above its Stop, and a step may ask about one host after the other. */
export function StopButton({ onStop }: { readonly onStop: () => void }) {
  return (
    <Button variant="ghost" className={styles.stop} onClick={onStop}>
      Stop the run
    </Button>
  );
}

/** For `initialFocus`: a question's refusal, whatever stands before it. */
export function refusalIn(popup: HTMLElement): HTMLElement | null {
  return popup.querySelector<HTMLElement>("[data-refusal]");
}
