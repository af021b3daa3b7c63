import { Package } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { PackageUpdate } from "../../runs/index.ts";
import { IconButton } from "../../ui/index.ts";
import type { EditorServices } from "../services.ts";
import { PackagesDialog } from "./PackagesDialog.tsx";

/** Opens the workflow's packages. What the last update came to is kept while the dialog is closed. */
export function PackagesButton({
  services,
}: {
  readonly services: Pick<EditorServices, "document" | "runs" | "view">;
}) {
  const open = useStore(services.view, (state) => state.dialog === "packages");
  const { openDialog, closeDialog } = services.view.getState();
  const [update, setUpdate] = useState<PackageUpdate | null>(null);
  return (
    <>
      <IconButton label="Packages" icon={<Package size={16} />} onClick={() => openDialog("packages")} />
      <PackagesDialog
        services={services}
        open={open}
        onOpenChange={(next) => {
          if (!next) closeDialog();
          // Read once; an update that goes on shows again.
          if (!next) setUpdate(null);
        }}
        update={update}
        onUpdate={setUpdate}
      />
    </>
  );
}
