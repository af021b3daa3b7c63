import { createStore, type StoreApi } from "zustand/vanilla";
import type { RecordRepository } from "../storage/index.ts";
import {
  createSealedRecords,
  type NamedSecret,
  type SealedVariable,
  type Vault,
  VaultLocked,
} from "../vault/index.ts";
import { checkVariableName, checkVariableValue } from "./variable-rules.ts";

/** An environment variable as it is listed, without its value. */
export interface VariableSummary {
  readonly name: string;
  /** Its value is never shown again in full, and replaced in the output of steps. */
  readonly secret: boolean;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Changes with its value, and says nothing about it. */
  readonly revision: string;
}

interface VariableInput {
  readonly name: string;
  /** Null keeps the stored value. */
  readonly value: string | null;
  readonly secret: boolean;
  readonly description: string;
}

/** The values as steps get them, and which of them must not be shown. */
interface EnvironmentForRun {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly NamedSecret[];
}

interface EnvironmentState {
  /** By name. */
  readonly variables: readonly VariableSummary[];
  readonly loaded: boolean;
  /** Why they can't be read, or null. */
  readonly problem: string | null;
  /**
   * Adds a variable, or replaces the one of that name.
   * @throws VariableRefused where name or value break a rule, or a secret value would become visible
   */
  set(variable: VariableInput): Promise<void>;
  /** Gives a variable another name. @throws VariableRefused @throws RecordMissing */
  rename(name: string, newName: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Brings back what {@link remove} took away in this page. @throws RecordMissing */
  restore(name: string): Promise<void>;
  /** @throws RecordMissing @throws VaultLocked */
  readValue(name: string): Promise<string>;
  /** All values by name. @throws VaultLocked, which names the variables that can't be read */
  all(): Promise<Record<string, string>>;
  /** {@link all} with the secrets among them. @throws VaultLocked */
  forRun(): Promise<EnvironmentForRun>;
}

export type EnvironmentStore = StoreApi<EnvironmentState>;

/** A variable that is against the rules; the message is for the person. */
export class VariableRefused extends Error {
  override readonly name = "VariableRefused";
  readonly code = "VariableRefused";
}

export interface EnvironmentStoreDeps {
  readonly repository: RecordRepository<SealedVariable>;
  readonly vault: Vault;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Environment variables, kept sealed in `repository`. Begins to read them at once. */
export function createEnvironmentStore(deps: EnvironmentStoreDeps): EnvironmentStore {
  const { repository, vault, now = Date.now } = deps;
  const records = createSealedRecords(repository, "This variable has been deleted, maybe in another tab.");

  /** As they are stored; null while that isn't known. */
  let known: readonly SealedVariable[] | null = null;
  // Before they are read again.
  repository.onChange(() => {
    known = null;
  });

  async function opened(): Promise<{ name: string; value: string; secret: boolean }[]> {
    // Each run begins with this: the database would cost it some milliseconds.
    const stored = known ?? (await repository.list());
    const locked: string[] = [];
    const variables = await Promise.all(
      stored.map(async ({ id, value, secret }) => ({
        name: id,
        secret,
        value: await vault.open(value).catch(() => {
          locked.push(id);
          return "";
        }),
      })),
    );
    if (locked.length > 0) throw new VaultLocked(lockedMessage(locked));
    return variables;
  }

  const store = createStore<EnvironmentState>(() => ({
    variables: [],
    loaded: false,
    problem: null,

    async set({ name, value, secret, description }) {
      const problem = checkVariableName(name) ?? (value === null ? null : checkVariableValue(value));
      if (problem !== null) throw new VariableRefused(problem);
      if (value !== null) {
        const sealed = await vault.seal(value);
        await records.put({ id: name, value: sealed, secret, description, updatedAt: now() });
        return;
      }
      await records.update(name, (record) => {
        if (record.secret && !secret) throw new VariableRefused(REVEAL_REFUSED);
        return { ...record, secret, description, updatedAt: now() };
      });
    },
    async rename(name, newName) {
      const problem = checkVariableName(newName);
      if (problem !== null) throw new VariableRefused(problem);
      if (newName === name) return;
      if ((await records.find(newName)) !== null) {
        throw new VariableRefused(`There is a variable ${newName} already.`);
      }
      await records.put({ ...(await records.get(name)), id: newName, updatedAt: now() });
      await records.remove(name);
    },
    remove: records.remove,
    restore: records.restore,
    async readValue(name) {
      return vault.open((await records.get(name)).value);
    },
    async all() {
      return Object.fromEntries((await opened()).map(({ name, value }) => [name, value]));
    },
    async forRun() {
      const variables = await opened();
      return {
        values: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
        secrets: variables
          .filter(({ secret }) => secret)
          .map(({ name, value }) => ({ name: `env.${name}`, value })),
      };
    },
  }));

  records.follow(
    (found) => {
      known = found;
      const variables = found
        // Each sealing has a random value of its own to begin with.
        .map(({ id, value, secret, description, updatedAt }) => ({
          name: id,
          secret,
          description,
          updatedAt,
          revision: value.iv,
        }))
        .sort((a, b) => a.name.localeCompare(b.name, "en"));
      store.setState({ variables, loaded: true, problem: null });
    },
    (message) => {
      known = null;
      store.setState({ problem: `The environment variables can't be read: ${message}` });
    },
  );
  return store;
}

const REVEAL_REFUSED = "A secret value is not shown again: type the value anew to make the variable visible.";

function lockedMessage(names: readonly string[]): string {
  const many = names.length > 1;
  return `The ${many ? "variables" : "variable"} ${names.join(", ")} can't be read: ${many ? "they were" : "it was"} encrypted with a key that this browser no longer has. Set ${many ? "them" : "it"} again under Environment, or delete ${many ? "them" : "it"}.`;
}
