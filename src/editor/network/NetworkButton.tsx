import { Shield, ShieldAlert } from "lucide-react";
import { useStore } from "zustand";
import { cx, IconButton } from "../../ui/index.ts";
import type { EditorServices } from "../services.ts";
import styles from "./network.module.css";

/** Opens *Network access*; marked while the workflow is not trusted. */
export function NetworkButton({ network, view }: Pick<EditorServices, "network" | "view">) {
  const trusted = useStore(network, (state) => state.trusted);
  return (
    <IconButton
      label={trusted ? "Network access" : "Network access: not trusted yet"}
      className={cx(!trusted && styles.untrusted)}
      icon={trusted ? <Shield size={16} /> : <ShieldAlert size={16} />}
      onClick={() => view.getState().openNetworkAccess()}
    />
  );
}
