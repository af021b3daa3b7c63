import { ShieldAlert } from "lucide-react";
import { Button, toast } from "../../ui/index.ts";
import { useEditor, useNetwork } from "../services.ts";
import styles from "./network.module.css";

/** Above the steps of a workflow that is not trusted: what that means, and how to change it. */
export function UntrustedBanner() {
  const { network, view } = useEditor();
  const trusted = useNetwork((state) => state.trusted);
  if (trusted) return null;
  const { setTrusted } = network.getState();
  return (
    <div role="note" aria-label="Untrusted workflow" className={styles.banner}>
      <ShieldAlert size={16} aria-hidden />
      <p>
        This workflow isn't trusted, as imported ones aren't until you say so. It asks before it reaches
        anything but the apps you attach.
      </p>
      <div className={styles.bannerActions}>
        <Button onClick={() => view.getState().openNetworkAccess()}>Review</Button>
        <Button
          onClick={() => {
            setTrusted(true);
            toast("This workflow is trusted now: it may reach public hosts without asking.", {
              action: { label: "Undo", onClick: () => setTrusted(false) },
            });
          }}
        >
          Trust this workflow
        </Button>
      </div>
    </div>
  );
}
