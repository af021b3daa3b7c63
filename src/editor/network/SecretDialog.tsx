import { KeyRound } from "lucide-react";
import { findApp } from "../../catalog/index.ts";
import type { PendingQuestion, PersonAnswer } from "../../runs/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { ConsentButton } from "./ConsentButton.tsx";
import { hostAndPort, shownHost } from "./host-text.ts";
import styles from "./question.module.css";
import { refusalIn, StopButton } from "./StopButton.tsx";

type SecretQuestion = Extract<PendingQuestion["question"], { kind: "secret" }>;

export interface SecretDialogProps {
  readonly question: SecretQuestion;
  readonly stepName: string;
  readonly onAnswer: (answer: PersonAnswer) => void;
}

const places: Readonly<Record<SecretQuestion["place"], string>> = {
  address: "It stands in the address of the request, which servers keep in their logs.",
  header: "It stands in a header of the request.",
  body: "It stands in the body of the request.",
  data: "It stands in the data of the connection.",
};

/** Asks whether a secret of an account may go to a host that is none of its app's. The bytes are held meanwhile. */
export function SecretDialog({ question, stepName, onAnswer }: SecretDialogProps) {
  const { host, port, secret, account, place } = question;
  const slug = secret.split(".")[0] ?? "";
  const app = findApp(slug)?.name ?? slug;
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      dismissable={false}
      initialFocus={refusalIn}
      title="Send a secret?"
      size="s"
      icon={<KeyRound size={18} aria-hidden className={styles.icon} />}
      footer={
        <>
          <StopButton onStop={() => onAnswer("stop")} />
          <Button variant="primary" data-refusal onClick={() => onAnswer("deny")}>
            Don't send
          </Button>
          <ConsentButton onClick={() => onAnswer("allow-once")}>Send once</ConsentButton>
          <ConsentButton onClick={() => onAnswer("allow")}>Always send there</ConsentButton>
        </>
      }
    >
      <p className={styles.question}>
        The step <code>{stepName}</code> is about to send <code>{secret}</code> of your account{" "}
        <strong>{account}</strong> to <strong>{hostAndPort(host, port)}</strong>.
      </p>
      <p className={styles.more}>
        {places[place]} {shownHost(host)} is none of {app}'s hosts: who runs it could use your account from
        then on. Nothing has been sent yet.
      </p>
      <p className={styles.more}>
        <em>Send once</em> is for this run. <em>Always send there</em> is remembered for this workflow, this
        secret and this host; <em>Network access</em> lists it.
      </p>
    </Dialog>
  );
}
