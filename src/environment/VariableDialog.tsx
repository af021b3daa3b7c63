import { type ClipboardEvent, type FormEvent, useEffect, useId, useRef } from "react";
import { Banner, Button, Dialog, SecretField, TextField } from "../ui/index.ts";
import { SHORTEST_SECRET } from "../vault/index.ts";
import { DotenvOffer } from "./DotenvOffer.tsx";
import styles from "./environment.module.css";
import type { EnvironmentStore, VariableSummary } from "./environment-store.ts";
import { useVariableForm } from "./use-variable-form.ts";

interface VariableDialogProps {
  readonly store: EnvironmentStore;
  /** The variable to change, or null for a new one. */
  readonly variable: VariableSummary | null;
  readonly onClose: () => void;
}

const TOO_SHORT = `Values shorter than ${SHORTEST_SECRET} characters are not hidden in the output of steps.`;

function isTooShort(value: string): boolean {
  return value !== "" && Array.from(value.trim()).length < SHORTEST_SECRET;
}

/** Adds an environment variable or changes one; takes a whole `.env` file where one is pasted. */
export function VariableDialog({ store, variable, onClose }: VariableDialogProps) {
  const form = useVariableForm(store, variable, onClose);
  const { name, value, secret, description, problems } = form;
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.refusals]);
  const nameBox = () => element.current?.querySelector("input") ?? null;
  const onPaste = (event: ClipboardEvent<HTMLFormElement>): void => {
    const isName = event.target === nameBox();
    if (!isName && !(event.target instanceof HTMLTextAreaElement)) return;
    if (form.takeDotenv(event.clipboardData.getData("text/plain"), isName)) event.preventDefault();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void form.save();
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={variable === null ? "Add variable" : `Edit ${variable.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={form.isSaving}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        ref={element}
        className={styles.form}
        noValidate
        onSubmit={onSubmit}
        onPaste={onPaste}
      >
        {form.lost !== null && <Banner tone="warn">{form.lost}</Banner>}
        <TextField
          label="Name"
          value={name}
          onChange={form.setName}
          error={problems.name}
          mono
          required
          help={
            variable !== null && name !== variable.name ? (
              `Code that reads os.environ["${variable.name}"] must be changed too.`
            ) : (
              <>
                In code: <code>os.environ["{name.trim() || "NAME"}"]</code>
              </>
            )
          }
        />
        <SecretField
          label="Value"
          value={value}
          onChange={form.setValue}
          onBlur={form.leaveValue}
          masked={secret}
          error={problems.value}
          placeholder={form.keepsStored ? "Kept as it is. Type to replace it." : undefined}
          note={[form.note, isTooShort(value) && secret && TOO_SHORT].filter(Boolean).join(" ")}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={secret}
            onChange={(event) => form.setSecret(event.target.checked)}
          />
          <span>
            Secret
            <small>Never shown again in full, and hidden in the output of steps.</small>
          </span>
        </label>
        <TextField label="Description" value={description} onChange={form.setDescription} />
        {form.offer !== null && (
          <DotenvOffer store={store} entries={form.offer} onAdded={onClose} onDismiss={form.dismissOffer} />
        )}
        {form.failure !== null && <Banner tone="bad">{form.failure}</Banner>}
      </form>
    </Dialog>
  );
}
