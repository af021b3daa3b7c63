import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog, CopyCode, cx, IconButton } from "../../ui/index.ts";
import { type HttpTrigger, setTriggerRuns } from "../../workflow/index.ts";
import { report } from "../actions.ts";
import { useEditor, useReadOnly, useTriggers } from "../services.ts";
import { Switch } from "./Switch.tsx";
import styles from "./trigger.module.css";
import { connectionWords, curlFor, isLocal } from "./words.ts";

/** Address of an HTTP trigger, a command that tries it, and whether a request runs the workflow. */
export function HttpSettings({ trigger }: { readonly trigger: HttpTrigger }) {
  const { document, triggers } = useEditor();
  const address = useTriggers((state) => state.address);
  const readOnly = useReadOnly();
  const [renewing, setRenewing] = useState(false);
  const isReady = address.kind === "ready";
  const isGood = isReady && address.connection === "open";
  return (
    <div className={styles.settings}>
      {isReady && (
        <dl className={styles.address}>
          <dt>URL</dt>
          <dd>
            <CopyCode code={address.url} />
            <IconButton
              size="s"
              label="New URL"
              icon={<RefreshCw size={13} />}
              disabled={readOnly}
              onClick={() => setRenewing(true)}
            />
          </dd>
          <dt>Try it</dt>
          <dd>
            <CopyCode code={curlFor(address.url)} />
          </dd>
        </dl>
      )}
      <p
        role="status"
        className={cx(styles.state, isGood ? styles.good : address.kind === "failed" && styles.bad)}
      >
        {readOnly ? "A workflow that can't be changed here has no address." : connectionWords(address)}
      </p>
      <Switch
        label="Run the workflow with each request"
        checked={trigger.runs}
        disabled={readOnly}
        onChange={(on) => document.getState().apply((workflow) => setTriggerRuns(workflow, on))}
        help={
          <>
            One after the other, while this workflow is open; up to 100 that come while it is not are kept for
            it. <code>pd.respond()</code> answers.
            {isReady && isLocal(address.url) && " This URL can be reached from this machine only."}
          </>
        }
      />
      <ConfirmDialog
        open={renewing}
        onOpenChange={setRenewing}
        title="Make a new URL?"
        confirmLabel="New URL"
        onConfirm={() => void triggers.getState().renewAddress().catch(report("Making a new URL"))}
      >
        The present one is not found any more, and requests that wait for it are dropped: whoever sends to it
        has to be given the new one.
      </ConfirmDialog>
    </div>
  );
}
