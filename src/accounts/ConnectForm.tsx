import { type FormEvent, useEffect, useRef, useState } from "react";
import { type App, testsInPython } from "../catalog/index.ts";
import { Banner, Button, Spinner, TextField } from "../ui/index.ts";
import { suggestAccountName } from "./account-name.ts";
import type { AccountSummary } from "./account-store.ts";
import styles from "./accounts.module.css";
import { CredentialField } from "./CredentialField.tsx";
import { useAccountServices, useAccounts } from "./context.tsx";
import { TestResult } from "./TestResult.tsx";
import { NAME, useAccountForm } from "./use-account-form.ts";
import type { ConnectSubject } from "./use-connect-subject.ts";
import { useConnectionTest } from "./use-connection-test.ts";

interface ConnectFormProps {
  readonly subject: ConnectSubject;
  readonly onClose: () => void;
  readonly onConnected: (account: AccountSummary) => void;
}

/** The form in the dialog *Connect APP*. */
export function ConnectForm({ subject, onClose, onConnected }: ConnectFormProps) {
  const { app, account, stored, lost } = subject;
  const { store } = useAccountServices();
  const { accounts } = useAccounts();
  const others = accounts.filter((other) => other.app === app.slug && other.id !== account?.id);
  const [startName] = useState(() => account?.name ?? suggestAccountName(app.name, others));
  const form = useAccountForm({ app, name: startName, stored, others });
  const test = useConnectionTest(app.slug);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const element = useRef<HTMLFormElement>(null);

  // The name is filled in already: begin with the first credential.
  useEffect(() => {
    element.current?.querySelector<HTMLElement>("textarea")?.focus();
  }, []);
  useEffect(() => {
    if (form.refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.refusals]);

  const save = async (): Promise<void> => {
    const input = form.submit();
    if (input === null || isSaving) return;
    setSaving(true);
    setFailure(null);
    try {
      const { connect, updateFields, rename, find } = store.getState();
      let saved: AccountSummary | null;
      if (account === null) saved = await connect({ app: app.slug, ...input });
      else {
        await updateFields(account.id, input.fields);
        if (input.name !== account.name) await rename(account.id, input.name);
        saved = await find(account.id);
      }
      onClose();
      if (saved !== null) onConnected(saved);
    } catch (error) {
      setFailure(`The account was not saved: ${error instanceof Error ? error.message : String(error)}`);
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const onTest = (): void => {
    const input = test.isRunning ? null : form.submit("without name");
    if (input !== null) void test.run(input.fields);
  };

  return (
    <form ref={element} className={styles.form} noValidate onSubmit={onSubmit}>
      {lost !== null && <Banner tone="warn">{lost}</Banner>}
      <TextField
        label="Account name"
        value={form.name}
        onChange={form.setName}
        error={form.problems[NAME]}
        required
      />
      {app.fields.map((field) => (
        <CredentialField
          key={field.name}
          app={app}
          field={field}
          value={form.values[field.name] ?? ""}
          keepsStored={field.secret && stored[field.name] !== undefined}
          problem={form.problems[field.name]}
          note={form.notes[field.name]}
          onChange={(value) => {
            form.setValue(field.name, value);
            test.forget();
          }}
          onBlur={() => form.leave(field.name)}
        />
      ))}
      <p className={styles.small}>
        {app.fields.length === 0
          ? `${app.name} needs no credentials: steps can use it as it is.`
          : "Kept encrypted in this browser, and never part of a workflow's file. Only steps that you attach the account to can read it."}
        {testsInPython(app)
          ? ` ${app.name} is tested by running its template in a step.`
          : app.fields.length > 0 && ` Test connection sends it to ${testHost(app)} only.`}
      </p>
      <footer className={styles.bar}>
        <TestResult result={test.result} />
        {failure !== null && <Banner tone="bad">{failure}</Banner>}
        <Button onClick={onClose}>Cancel</Button>
        {!testsInPython(app) && app.fields.length > 0 && (
          <Button onClick={onTest} aria-disabled={test.isRunning}>
            <span aria-hidden className={styles.spinner}>
              {test.isRunning && <Spinner label="" />}
            </span>
            Test connection
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={isSaving}>
          {account === null ? "Connect" : "Save"}
        </Button>
      </footer>
    </form>
  );
}

/** Where the test request goes, as far as it is the same for all accounts. */
function testHost({ testRequest, name }: App): string {
  const host = /^https:\/\/([^/?#{}]+)(?:[/?#]|$)/.exec(testRequest.url)?.[1];
  return host ?? `hosts of ${name}`;
}
