import type { PendingQuestion, PersonAnswer } from "../../runs/index.ts";
import { HostDialog } from "./HostDialog.tsx";
import { SecretDialog } from "./SecretDialog.tsx";

export interface NetworkDialogProps {
  readonly question: PendingQuestion["question"];
  readonly stepName: string;
  readonly onAnswer: (answer: PersonAnswer) => void;
}

/** Asks what a waiting step may do on the network. Only an answer ends it. */
export function NetworkDialog({ question, stepName, onAnswer }: NetworkDialogProps) {
  // Each question is a dialog of its own: the focus is on the refusal again, wherever the last answer was given.
  return question.kind === "secret" ? (
    <SecretDialog
      key={JSON.stringify(question)}
      question={question}
      stepName={stepName}
      onAnswer={onAnswer}
    />
  ) : (
    <HostDialog key={JSON.stringify(question)} question={question} stepName={stepName} onAnswer={onAnswer} />
  );
}
