import { createStore, type StoreApi } from "zustand/vanilla";
import type { RecordRepository } from "../storage/index.ts";
import { createSealedRecords, type SealedAccount, type Vault, VaultLocked } from "../vault/index.ts";

/** An account as it is shown; its fields stay sealed until a step or a form needs them. */
export interface AccountSummary {
  readonly id: string;
  /** Slug of the app. */
  readonly app: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastUsedAt: number;
  /** Changes with its fields, and says nothing about them. */
  readonly revision: string;
}

export interface AccountState {
  /** The oldest first. */
  readonly accounts: readonly AccountSummary[];
  /** True once the stored accounts have been read. */
  readonly loaded: boolean;
  /** Why they can't be read, or null. */
  readonly problem: string | null;
  connect(account: {
    readonly app: string;
    readonly name: string;
    readonly fields: Readonly<Record<string, string>>;
  }): Promise<AccountSummary>;
  /** @throws RecordMissing */
  rename(id: string, name: string): Promise<void>;
  /** Replaces all fields. @throws RecordMissing */
  updateFields(id: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Removes the account; {@link restore} brings it back as long as the page is open. */
  remove(id: string): Promise<void>;
  /** @throws RecordMissing where this page has not removed it */
  restore(id: string): Promise<void>;
  /** Looks the account up where it is stored, whether the list has been read or not. */
  find(id: string): Promise<AccountSummary | null>;
  /** What the person typed in, decrypted. @throws RecordMissing @throws VaultLocked */
  fieldsOf(id: string): Promise<Record<string, string>>;
  /** Notes that the account was used just now: pickers offer the last used one first. */
  touch(id: string): Promise<void>;
}

export type AccountStore = StoreApi<AccountState>;

export interface AccountStoreDeps {
  readonly repository: RecordRepository<SealedAccount>;
  readonly vault: Vault;
  readonly newId?: () => string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Accounts of all apps, kept sealed in `repository`. Begins to read them at once. */
export function createAccountStore(deps: AccountStoreDeps): AccountStore {
  const { repository, vault, newId = () => crypto.randomUUID(), now = Date.now } = deps;
  const records = createSealedRecords(
    repository,
    "This account has been deleted, maybe in another tab. Choose another one or connect it again.",
  );
  const seal = (fields: Readonly<Record<string, string>>) => vault.seal(JSON.stringify(fields));

  const store = createStore<AccountState>(() => ({
    accounts: [],
    loaded: false,
    problem: null,

    async connect({ app, name, fields }) {
      const at = now();
      const record = { id: newId(), app, name, fields: await seal(fields), createdAt: at, lastUsedAt: at };
      await records.put(record);
      return summaryOf(record);
    },
    async rename(id, name) {
      await records.update(id, (record) => ({ ...record, name }));
    },
    async updateFields(id, fields) {
      const sealed = await seal(fields);
      await records.update(id, (record) => ({ ...record, fields: sealed }));
    },
    remove: records.remove,
    restore: records.restore,
    async find(id) {
      const record = await records.find(id);
      return record && summaryOf(record);
    },
    async fieldsOf(id) {
      const { fields } = await records.get(id);
      return readFields(await vault.open(fields));
    },
    async touch(id) {
      await records.update(id, (record) => ({ ...record, lastUsedAt: now() }));
    },
  }));

  records.follow(
    (found) => {
      const accounts = found
        .map(summaryOf)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      store.setState({ accounts, loaded: true, problem: null });
    },
    (message) => store.setState({ problem: `The accounts can't be read: ${message}` }),
  );
  return store;
}

function summaryOf({ id, app, name, fields, createdAt, lastUsedAt }: SealedAccount): AccountSummary {
  // Each sealing has a random value of its own to begin with.
  return { id, app, name, createdAt, lastUsedAt, revision: fields.iv };
}

/** @throws VaultLocked where what was decrypted is not an object of texts: as good as another key. */
function readFields(json: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new VaultLocked();
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new VaultLocked();
  const fields: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string") throw new VaultLocked();
    fields[name] = text;
  }
  return fields;
}
