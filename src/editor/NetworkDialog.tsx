import { ShieldQuestion } from "lucide-react";
import type { PendingQuestion } from "../runs/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import styles from "./NetworkDialog.module.css";

export interface NetworkDialogProps {
  readonly question: Extract<PendingQuestion["question"], { kind: "host" }>;
  readonly stepName: string;
  readonly onAnswer: (answer: "allow" | "deny") => void;
}

const ranges = {
  loopback: "this computer itself",
  private: "your private network",
  public: "the internet",
} as const;

/** Asks whether a step may reach an address that isn't on the public internet. Only an answer ends it. */
export function NetworkDialog({ question, stepName, onAnswer }: NetworkDialogProps) {
  const { host, port, address, range } = question;
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      dismissable={false}
      title="Allow network access?"
      size="s"
      icon={<ShieldQuestion size={18} aria-hidden className={styles.icon} />}
      footer={
        <>
          <Button onClick={() => onAnswer("deny")}>Deny</Button>
          <Button variant="primary" onClick={() => onAnswer("allow")}>
            Allow
          </Button>
        </>
      }
    >
      <p>
        The step <code>{stepName}</code> wants to connect to{" "}
        <strong>{port === null ? host : `${host}:${port}`}</strong>
        {address !== null && address !== host && (
          <>
            {" "}
            (<code>{address}</code>)
          </>
        )}
        , which is on {ranges[range]}.
      </p>
      <p className={styles.more}>
        Allow it if you know what answers there, such as a server of your own. The answer Allow is remembered
        for this workflow and this host and port.
      </p>
    </Dialog>
  );
}
