import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { useServices } from "./services.ts";

const NetworkDialog = lazy(() =>
  import("../editor/index.ts").then(({ NetworkDialog: dialog }) => ({ default: dialog })),
);

/** Puts the question of a waiting step on the screen, whichever page is open. */
export function NetworkQuestion() {
  const { permissions } = useServices();
  const pending = useStore(permissions.store, (state) => state.pending);
  const answer = useStore(permissions.store, (state) => state.answer);
  return (
    pending && (
      <Suspense>
        <NetworkDialog question={pending.question} stepName={pending.stepName} onAnswer={answer} />
      </Suspense>
    )
  );
}
