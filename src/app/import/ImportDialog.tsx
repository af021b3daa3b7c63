import { FileUp } from "lucide-react";
import { useState } from "react";
import { countOf } from "../../lib/format.ts";
import { Banner, Button, Dialog, toast } from "../../ui/index.ts";
import { AccountChoicesForm } from "./AccountChoicesForm.tsx";
import { contentsOf } from "./contents.ts";
import styles from "./import.module.css";
import type { ImportOffer, Imports } from "./imports.ts";
import { WorkflowPreview } from "./WorkflowPreview.tsx";

export interface ImportDialogProps {
  readonly imports: Imports;
  readonly offer: ImportOffer;
  readonly onOpen: (id: string) => void;
}

/** Shows what files would bring, asks for the accounts that it needs, and stores it when the person says so. */
export function ImportDialog({ imports, offer: { workflows, problems }, onOpen }: ImportDialogProps) {
  const [accounts, setAccounts] = useState<ReadonlyMap<string, string | null>>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const contents = workflows.map(contentsOf);
  const apps = [...new Set(contents.flatMap((each) => each.apps))];
  const [first] = workflows;

  const accept = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const stored = await imports.accept(accounts);
      const [only] = stored;
      if (only !== undefined && stored.length === 1) onOpen(only.id);
      else toast(`Imported ${countOf(stored.length, "workflow")}`, { tone: "ok" });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && imports.cancel()}
      title={titleOf(workflows.map(({ name }) => name))}
      icon={<FileUp size={18} aria-hidden />}
      size="l"
      initialFocus={(popup) => popup.querySelector<HTMLElement>("[data-footer] button:last-of-type")}
      footer={
        <>
          <Button onClick={imports.cancel}>{first === undefined ? "Close" : "Cancel"}</Button>
          {first !== undefined && (
            <Button variant="primary" disabled={busy} onClick={() => void accept()}>
              {workflows.length === 1 ? "Import" : `Import ${workflows.length} workflows`}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body}>
        {problems.map((problem) => (
          <Banner key={problem} tone="bad">
            {problem} Nothing of it is stored; the file stays as it is.
          </Banner>
        ))}
        {failure !== null && <Banner tone="bad">{failure}</Banner>}
        {workflows.map((workflow, index) => {
          const each = contents[index];
          return (
            each && (
              <WorkflowPreview
                key={workflow.id}
                name={workflow.name}
                contents={each}
                alone={workflows.length === 1}
              />
            )
          );
        })}
        {apps.length > 0 && <AccountChoicesForm apps={apps} chosen={accounts} onChoose={setAccounts} />}
        {first !== undefined && (
          <Banner tone="info">
            It comes from elsewhere: until you trust it, it asks before it reaches anything but the package
            index and the apps that you give an account. Read its code before you test it.
          </Banner>
        )}
      </div>
    </Dialog>
  );
}

function titleOf(names: readonly string[]): string {
  if (names.length === 0) return "Nothing to import";
  return names.length === 1 ? `Import “${names[0]}”?` : `Import ${names.length} workflows?`;
}
