import { Button } from "../../ui/index.ts";
import { useEditor, useNetwork } from "../services.ts";
import styles from "./network.module.css";

/** Whether the workflow may reach public hosts without asking. */
export function TrustSection() {
  const { network } = useEditor();
  const trusted = useNetwork((state) => state.trusted);
  const { setTrusted } = network.getState();
  return (
    <section className={trusted ? styles.trust : styles.distrust} aria-label="Trust">
      <p role="status">
        {trusted
          ? "Trusted: it may reach any public host, and each one is listed below. Before it reaches your own network or this computer, it asks."
          : "Not trusted: it asks before it reaches anything but the hosts of its apps. Trust it once you have read its code."}
      </p>
      <Button size="s" onClick={() => setTrusted(!trusted)}>
        {trusted ? "Stop trusting" : "Trust this workflow"}
      </Button>
    </section>
  );
}
