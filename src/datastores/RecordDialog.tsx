import { type FormEvent, useId, useState } from "react";
import { Button, Dialog, TextField } from "../ui/index.ts";
import { useDataStoreServices } from "./context.tsx";
import styles from "./datastores.module.css";
import { type RecordText, readRecord, shownRecord } from "./record-text.ts";
import type { DataStoreRecord } from "./types.ts";

interface RecordDialogProps {
  readonly store: string;
  /** Null: a new one. */
  readonly record: DataStoreRecord | null;
  readonly onClose: () => void;
}

/** Edits a record, or adds one; open as long as it is rendered. What is typed stays where it can't be stored. */
export function RecordDialog({ store, record, onClose }: RecordDialogProps) {
  const { records } = useDataStoreServices();
  const [opened, setOpened] = useState(record);
  const [shown] = useState(() => shownRecord(record, Date.now()));
  const [text, setText] = useState<RecordText>(shown);
  const [problems, setProblems] = useState<Partial<RecordText>>({});
  const formId = useId();
  const set = (field: keyof RecordText) => (value: string) => {
    setText((before) => ({ ...before, [field]: value }));
    setProblems(({ [field]: _mended, ...others }) => others);
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const read = readRecord(text, Date.now());
    if (!read.ok) return setProblems(read.error);
    try {
      const [stored = null] = await records.get(store, [read.value.key]);
      if (opened === null && stored)
        return setProblems({ key: "There is a record with this key. Edit that one." });
      if (opened !== null && stored?.updatedAt !== opened.updatedAt) {
        setOpened(stored ?? { ...opened, updatedAt: Number.NaN });
        return setProblems({
          json: stored
            ? `A step or another tab has changed it meanwhile, to ${stored.json.slice(0, 200)}. Save again to overwrite that.`
            : "A step or another tab has deleted it meanwhile. Save again to bring it back.",
        });
      }
      // What was not touched stays to the letter.
      const json = text.json === shown.json && record ? record.json : read.value.json;
      const expiresAt = text.expires === shown.expires && record ? record.expiresAt : read.value.expiresAt;
      await records.write(store, [{ kind: "set", key: read.value.key, json, expiresAt }]);
      onClose();
    } catch (error) {
      setProblems({ json: `Not saved: ${error instanceof Error ? error.message : String(error)}` });
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={record === null ? "Add record" : "Edit record"}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={(event) => void save(event)}>
        <TextField
          label="Key"
          value={text.key}
          error={problems.key}
          mono
          required
          readOnly={record !== null}
          onChange={set("key")}
        />
        <TextField
          label="Value"
          value={text.json}
          error={problems.json}
          help={'JSON, such as "text", 5, true, [1, 2] or {"name": "Ada"}.'}
          mono
          multiline
          rows={10}
          required
          onChange={set("json")}
        />
        <TextField
          label="Expires in seconds"
          value={text.expires}
          error={problems.expires}
          help="Empty: never."
          onChange={set("expires")}
        />
      </form>
    </Dialog>
  );
}
