import { History } from "lucide-react";
import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { IconButton } from "../../ui/index.ts";
import type { EditorServices } from "../services.ts";

const RunsDialog = lazy(async () => ({ default: (await import("./RunsDialog.tsx")).RunsDialog }));

/** Opens the list of past runs. */
export function RunsButton({
  services,
}: {
  readonly services: Pick<EditorServices, "document" | "history" | "view">;
}) {
  const { view } = services;
  const open = useStore(view, (state) => state.dialog === "runs");
  return (
    <>
      <IconButton
        label="Runs"
        icon={<History size={16} />}
        onClick={() => view.getState().openDialog("runs")}
      />
      {open && (
        <Suspense>
          <RunsDialog services={services} />
        </Suspense>
      )}
    </>
  );
}
