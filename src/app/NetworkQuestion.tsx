import { useStore } from "zustand";
import { NetworkDialog } from "../editor/index.ts";
import { useServices } from "./services.ts";

/** Puts the question of a waiting step on the screen, whichever page is open. */
export function NetworkQuestion() {
  const { permissions } = useServices();
  const pending = useStore(permissions.store, (state) => state.pending);
  const answer = useStore(permissions.store, (state) => state.answer);
  return (
    pending?.question.kind === "host" && (
      <NetworkDialog question={pending.question} stepName={pending.stepName} onAnswer={answer} />
    )
  );
}
