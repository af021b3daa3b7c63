import { ShieldQuestion, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { PendingQuestion } from "../../runs/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { ConsentButton } from "./ConsentButton.tsx";
import { hostAndPort, isLocalName, shownHost } from "./host-text.ts";
import styles from "./question.module.css";
import { refusalIn, StopButton } from "./StopButton.tsx";

type HostQuestion = Extract<PendingQuestion["question"], { kind: "host" }>;

export interface HostDialogProps {
  readonly question: HostQuestion;
  readonly stepName: string;
  readonly onAnswer: (answer: "allow" | "deny" | "stop") => void;
}

/** Asks whether a step may reach a host, or look its name up. */
export function HostDialog({ question, stepName, onAnswer }: HostDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      dismissable={false}
      initialFocus={refusalIn}
      title="Allow network access?"
      size="s"
      icon={<ShieldQuestion size={18} aria-hidden className={styles.icon} />}
      footer={
        <>
          <StopButton onStop={() => onAnswer("stop")} />
          <Button data-refusal onClick={() => onAnswer("deny")}>
            Deny
          </Button>
          <ConsentButton onClick={() => onAnswer("allow")}>Allow</ConsentButton>
        </>
      }
    >
      <p className={styles.question}>
        The step <code>{stepName}</code> wants to {question.port === null ? "look up" : "connect to"}{" "}
        <strong>{hostAndPort(question.host, question.port)}</strong>
        {question.address !== null && question.address !== question.host && (
          <>
            {" "}
            (<code>{shownHost(question.address)}</code>)
          </>
        )}
        {whereabouts(question)}.
      </p>
      <Consequences question={question} />
    </Dialog>
  );
}

function whereabouts({ range }: HostQuestion): string {
  if (range === "loopback") return ", which is on this computer itself";
  if (range === "private") return ", which is on your private network";
  return "";
}

function Consequences({ question }: { readonly question: HostQuestion }): ReactNode {
  const { host, port, range } = question;
  if (range === "public") {
    return (
      <>
        <p className={styles.more}>
          This workflow isn't trusted, as imported ones aren't until you say so: it asks before it reaches
          anything but the hosts of its apps. What its steps were given could be sent there
          {port === null && "; looking a name up already tells it to others"}.
        </p>
        <p className={styles.more}>
          Allow is remembered for this workflow and all ports of this host, on the public internet only.
        </p>
      </>
    );
  }
  if (!isLocalName(host)) {
    return (
      <>
        <div className={styles.warning}>
          <TriangleAlert size={15} aria-hidden />
          <p>
            A name of the internet that leads{" "}
            {range === "loopback" ? "to this computer" : "into your network"} is unusual, and a known trick to
            reach what only you can reach. Allow it only if that name is your own.
          </p>
        </div>
        <p className={styles.more}>Allow is remembered for this workflow and this host and port.</p>
      </>
    );
  }
  return (
    <p className={styles.more}>
      Allow it if you know what answers there, such as a server of your own. Allow is remembered for this
      workflow and this host and port.
    </p>
  );
}
