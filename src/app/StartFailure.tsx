import { Banner, Button } from "../ui/index.ts";
import styles from "./shell.module.css";

/** Shown instead of the app as long as its storage can't be opened. */
export function StartFailure({ message }: { readonly message: string }) {
  return (
    <div className={styles.notice} role="alert">
      <Banner tone="bad" actions={<Button onClick={() => location.reload()}>Try again</Button>}>
        Runnel keeps workflows in this browser's storage and can&apos;t open it yet. {message}
      </Banner>
    </div>
  );
}
