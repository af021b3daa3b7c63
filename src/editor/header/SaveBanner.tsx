import { useStore } from "zustand";
import { downloadText, fileNameOf } from "../../lib/download.ts";
import { Banner, Button } from "../../ui/index.ts";
import { type DocumentStore, exportWorkflow } from "../../workflow/index.ts";
import styles from "./header.module.css";

/** Says why the document is not being stored, and what can be done. Nothing while all is well. */
export function SaveBanner({ document }: { readonly document: DocumentStore }) {
  const saveState = useStore(document, (state) => state.saveState);
  const { flush, keepMine, takeTheirs } = document.getState();
  const download = <Button onClick={() => downloadDocument(document)}>Download the workflow</Button>;

  if (saveState.kind === "read-only") {
    return (
      <div className={styles.banner}>
        <Banner tone="info" actions={download}>
          This workflow was stored by a newer Runnel. It can be looked at and tested, but not changed.
        </Banner>
      </div>
    );
  }
  if (saveState.kind === "conflict") {
    return (
      <div className={styles.banner}>
        <Banner
          tone="warn"
          actions={
            <>
              {download}
              <Button onClick={takeTheirs}>Take theirs</Button>
              <Button variant="primary" onClick={keepMine}>
                Keep mine
              </Button>
            </>
          }
        >
          This workflow was changed in another tab as well. Nothing is stored until you choose: keep what you
          see here, or take what the other tab has stored.
        </Banner>
      </div>
    );
  }
  if (saveState.kind === "failed") {
    const retry =
      saveState.reason === "deleted" ? (
        <Button variant="primary" onClick={keepMine}>
          Store it again
        </Button>
      ) : (
        <Button variant="primary" onClick={() => void flush()}>
          Try again
        </Button>
      );
    return (
      <div className={styles.banner}>
        <Banner
          tone="bad"
          actions={
            <>
              {download}
              {retry}
            </>
          }
        >
          Your changes are not stored. {saveState.message}
        </Banner>
      </div>
    );
  }
  return null;
}

function downloadDocument(document: DocumentStore): void {
  const { workflow } = document.getState();
  downloadText(fileNameOf(workflow.name, "json"), exportWorkflow(workflow), "application/json");
}
