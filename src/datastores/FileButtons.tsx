import { Download, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { downloadBlob, fileNameOf } from "../lib/download.ts";
import { Button, toast } from "../ui/index.ts";
import { attempt } from "./attempt.ts";
import { useDataStoreServices } from "./context.tsx";
import { exportRecords } from "./export-records.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { type ImportPlan, planImport } from "./import-records.ts";
import { readImport } from "./read-import.ts";
import type { DataStore } from "./types.ts";

/** *Import* and *Export* of a data store's records. */
export function FileButtons({ store }: { readonly store: DataStore }) {
  const { records } = useDataStoreServices();
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState<{ readonly fileName: string; readonly plan: ImportPlan } | null>(null);

  const choose = async (file: File) => {
    const read = readImport(await file.text(), file.name);
    if (!read.ok) {
      toast(`${file.name} can't be imported. ${read.error.message}`, { tone: "bad" });
      return;
    }
    setAsking({ fileName: file.name, plan: await planImport(records, store.id, read.value) });
  };
  const save = async () =>
    downloadBlob(fileNameOf(store.name, "json"), await exportRecords(records, store.id));

  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload size={15} aria-hidden />
        Import
      </Button>
      <Button onClick={() => void attempt("The records were not exported", save)}>
        <Download size={15} aria-hidden />
        Export
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,.jsonl,.ndjson,.csv,application/json,text/csv"
        hidden
        aria-label="File of records"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void attempt(`${file.name} can't be imported`, () => choose(file));
          // Choosing the same file again is a change then.
          target.value = "";
        }}
      />
      {asking !== null && <ImportDialog store={store.id} {...asking} onClose={() => setAsking(null)} />}
    </>
  );
}
