import type { GuardedSecret } from "../runtime/index.ts";
import { guardedForms, type NamedSecret, SHORTEST_GUARDED } from "../vault/index.ts";
import type { AccountForRun } from "./deps.ts";

/**
 * The secrets of a run's accounts, each with the hosts that it may go to: those of its account's app, and of every other
 * account that has the same value, or one that holds it. What is too short to be told from other text is left out.
 */
export function guardedSecrets(accounts: readonly AccountForRun[]): GuardedSecret[] {
  return accounts.flatMap((account) =>
    account.secrets.filter((secret) => isGuarded(secret, account)).map((secret) => guarded(secret, account)),
  );

  function guarded(secret: NamedSecret, { name: account }: AccountForRun): GuardedSecret {
    const value = secret.value.trim();
    const owners = accounts.filter(({ secrets }) => secrets.some((other) => other.value.includes(value)));
    let forms: readonly string[] | null = null;
    return {
      name: secret.name,
      account,
      // Most runs send nothing to hosts that would have them searched.
      get forms() {
        forms ??= guardedForms(secret);
        return forms;
      },
      belongsTo: (host) => owners.some((owner) => owner.belongsTo(host)),
    };
  }
}

/** A pair of user name and password is found by the password in it. */
function isGuarded({ name, value }: NamedSecret, { secrets }: AccountForRun): boolean {
  const isTelling = (text: string) => Array.from(text.trim()).length >= SHORTEST_GUARDED;
  const inside = secrets.some(
    (other) =>
      other.name !== name && other.value !== value && isTelling(other.value) && value.includes(other.value),
  );
  return isTelling(value) && !inside;
}
