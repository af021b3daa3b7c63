import { useState } from "react";
import type { App } from "../catalog/index.ts";
import { checkAccountName } from "./account-name.ts";
import type { AccountSummary } from "./account-store.ts";
import { checkField, normalizeField } from "./normalize-field.ts";

/** What is typed into the form of an account. */
export interface AccountForm {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  /** Sentences by field name; that on the account's name is under {@link NAME}. */
  readonly problems: Readonly<Record<string, string>>;
  /** Counts up whenever {@link submit} has found problems. */
  readonly refusals: number;
  readonly notes: Readonly<Record<string, string>>;
  setName(name: string): void;
  setValue(field: string, value: string): void;
  /** Tidies a value when the person leaves its field. */
  leave(field: string): void;
  /** Tidies and checks everything (or all but the name); null where something is wrong, which {@link problems} then says. */
  submit(
    part?: "without name",
  ): { readonly name: string; readonly fields: Readonly<Record<string, string>> } | null;
}

/** Key of the account's name in {@link AccountForm.problems}: no property is called so. */
export const NAME = "account name";

export interface AccountFormStart {
  readonly app: App;
  readonly name: string;
  /** What is stored; the values of secret fields are kept where nothing is typed into them. */
  readonly stored: Readonly<Record<string, string>>;
  /** Other accounts of the app. */
  readonly others: readonly AccountSummary[];
}

export function useAccountForm({ app, name: startName, stored, others }: AccountFormStart): AccountForm {
  const [name, setName] = useState(startName);
  const [values, setValues] = useState(() => openValues(app, stored));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [refusals, setRefusals] = useState(0);
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});

  const without = (map: Readonly<Record<string, string>>, key: string) =>
    Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));

  return {
    name,
    values,
    problems,
    refusals,
    notes,
    setName(next) {
      setName(next);
      setProblems((map) => without(map, NAME));
    },
    setValue(field, value) {
      setValues((map) => ({ ...map, [field]: value }));
      setProblems((map) => without(map, field));
      setNotes((map) => without(map, field));
    },
    leave(field) {
      const tidy = normalizeField({ name: field }, values[field] ?? "");
      if (tidy.notes.length === 0) return;
      setValues((map) => ({ ...map, [field]: tidy.value }));
      setNotes((map) => ({ ...map, [field]: tidy.notes.join(" ") }));
    },
    submit(part) {
      const found: Record<string, string> = {};
      const nameProblem = checkAccountName(name.trim(), others);
      if (nameProblem !== null && part === undefined) found[NAME] = nameProblem;
      const known = new Set(app.fields.map((field) => field.name));
      const fields = Object.fromEntries(Object.entries(stored).filter(([field]) => !known.has(field)));
      const typed: Record<string, string> = {};
      for (const field of app.fields) {
        const { value } = normalizeField(field, values[field.name] ?? "");
        typed[field.name] = value;
        const kept = field.secret && value === "" ? stored[field.name] : undefined;
        const problem = kept === undefined ? checkField(field, value) : null;
        if (problem !== null) found[field.name] = problem;
        const final = kept ?? value;
        if (final !== "") fields[field.name] = final;
      }
      setValues(typed);
      setProblems(found);
      if (Object.keys(found).length === 0) return { name: name.trim(), fields };
      setRefusals((count) => count + 1);
      return null;
    },
  };
}

/** Secret values are never put back into a form. */
function openValues(app: App, stored: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    app.fields.map((field) => [field.name, field.secret ? "" : (stored[field.name] ?? "")]),
  );
}
