import { Shield } from "lucide-react";
import { Dialog } from "../../ui/index.ts";
import { useEditor, useView } from "../services.ts";
import type { NetworkTarget } from "../view.ts";
import { AlwaysAllowed } from "./AlwaysAllowed.tsx";
import { HostSection } from "./HostSection.tsx";
import styles from "./network.module.css";
import { SecretSection } from "./SecretSection.tsx";
import { TrustSection } from "./TrustSection.tsx";
import { useAppHosts } from "./use-app-hosts.ts";

/** *Network access*: what the workflow may reach, and the way to change it. What changes holds from the next connection on. */
export function NetworkAccessDialog() {
  const { view } = useEditor();
  const open = useView((state) => state.networkAccess);
  return (
    <Dialog
      open={open !== null}
      onOpenChange={(next) => !next && view.getState().closeNetworkAccess()}
      title="Network access"
      icon={<Shield size={18} aria-hidden className={styles.titleIcon} />}
      description="What the steps of this workflow may reach. A change holds from the next connection on."
      initialFocus={(popup) => popup.querySelector<HTMLElement>("input[data-first], [data-first] input")}
    >
      {open !== null && <Sections target={open.target} />}
    </Dialog>
  );
}

function Sections({ target }: { readonly target: NetworkTarget | null }) {
  const apps = useAppHosts();
  return (
    <div className={styles.sections}>
      <TrustSection />
      <AlwaysAllowed apps={apps} />
      <HostSection apps={apps} target={target} />
      <SecretSection />
    </div>
  );
}
