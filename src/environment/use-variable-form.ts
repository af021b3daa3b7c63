import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EnvironmentStore, VariableSummary } from "./environment-store.ts";
import { type DotenvEntry, parseDotenv } from "./parse-dotenv.ts";
import { useStoredValue } from "./use-stored-value.ts";
import { checkVariableName, checkVariableValue } from "./variable-rules.ts";

export interface VariableProblems {
  readonly name?: string;
  readonly value?: string;
}

/** What is typed into the form of a variable. */
export function useVariableForm(
  store: EnvironmentStore,
  variable: VariableSummary | null,
  onSaved: () => void,
) {
  const { variables } = useStore(store);
  const stored = useStoredValue(store, variable);
  const [name, setName] = useState(variable?.name ?? "");
  const [value, setValue] = useState("");
  const [isValueTyped, setValueTyped] = useState(false);
  const [secret, setSecret] = useState(variable?.secret ?? true);
  const [description, setDescription] = useState(variable?.description ?? "");
  const [problems, setProblems] = useState<VariableProblems>({});
  const [note, setNote] = useState("");
  const [refusals, setRefusals] = useState(0);
  const [offer, setOffer] = useState<readonly DotenvEntry[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);

  const visible = stored.kind === "value" ? stored.value : null;
  useEffect(() => {
    if (visible !== null && !isValueTyped) setValue(visible);
  }, [visible, isValueTyped]);

  const lost = stored.kind === "lost" ? stored.message : null;
  const keepsStored = variable?.secret === true && lost === null;
  // An empty field of a secret variable means that its value stays.
  const newValue = keepsStored && value === "" ? null : value;

  function check(): VariableProblems {
    const found: { name?: string; value?: string } = {};
    const isTaken = name.trim() !== variable?.name && variables.some((other) => other.name === name.trim());
    const nameProblem =
      checkVariableName(name.trim()) ??
      (isTaken ? `There is a variable ${name.trim()} already. Edit that one, or choose another name.` : null);
    const valueProblem =
      newValue === null
        ? secret
          ? null
          : "Its value is not shown again: type it anew to make the variable visible."
        : checkVariableValue(newValue);
    if (nameProblem !== null) found.name = nameProblem;
    if (valueProblem !== null) found.value = valueProblem;
    return found;
  }

  async function save(): Promise<void> {
    const found = check();
    setProblems(found);
    if (Object.keys(found).length > 0) setRefusals((count) => count + 1);
    if (Object.keys(found).length > 0 || isSaving) return;
    setSaving(true);
    setFailure(null);
    try {
      if (variable !== null && name.trim() !== variable.name) {
        await store.getState().rename(variable.name, name.trim());
      }
      await store
        .getState()
        .set({ name: name.trim(), value: newValue, secret, description: description.trim() });
      onSaved();
    } catch (error) {
      setFailure(`The variable was not saved: ${error instanceof Error ? error.message : String(error)}`);
      setSaving(false);
    }
  }

  return {
    name,
    value,
    secret,
    description,
    problems,
    /** What was done to the value. */
    note,
    /** Counts up whenever saving was refused because of {@link problems}. */
    refusals,
    offer,
    failure,
    isSaving,
    lost,
    keepsStored,
    save,
    setDescription,
    setName(next: string) {
      setName(next);
      setProblems(({ name: _, ...rest }) => rest);
    },
    setValue(next: string) {
      setValue(next);
      setValueTyped(true);
      setNote("");
      setProblems(({ value: _, ...rest }) => rest);
    },
    /** The person leaves the value's field: a line break that was copied along with one line is hardly meant. */
    leaveValue() {
      const line = /^\s*\n\s*|\s*\n\s*$/.test(value) ? value.trim() : value;
      if (line === value || line.includes("\n")) return;
      setValue(line);
      setNote("The line break around the value was removed.");
    },
    setSecret(next: boolean) {
      setSecret(next);
      setProblems(({ value: _, ...rest }) => rest);
    },
    dismissOffer: () => setOffer(null),
    /**
     * Looks at pasted text: `NAME=value` in the name's field fills both fields; several assignments are offered to be
     * added together. False where it is neither, and to be pasted as it is.
     */
    takeDotenv(text: string, isName: boolean): boolean {
      const { entries, strayLines } = parseDotenv(text);
      const [first] = entries;
      if (strayLines > 0 || first === undefined) return false;
      if (entries.length > 1) setOffer(entries);
      else if (isName && checkVariableName(first.name) === null) {
        setName(first.name);
        setValue(first.value);
        setValueTyped(true);
        setProblems({});
      } else return false;
      return true;
    },
  };
}
