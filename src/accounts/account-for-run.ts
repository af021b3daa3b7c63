import {
  type App,
  allowedHosts,
  coversHost,
  expandTemplate,
  filledFields,
  loadApp,
} from "../catalog/index.ts";
import type { NamedSecret } from "../vault/index.ts";
import type { AccountStore } from "./account-store.ts";

/**
 * Which values of an account are secret, named as they are read in code: `slack.$auth.bot_token`. Values of fields that
 * the app does not know (any more) count as secret. Where the app sends a user name and a password together, the pair
 * is one secret more, so that the whole of its base64 is found.
 * @param app Null where the catalogue has no such app: everything is secret then.
 */
export function accountSecrets(
  slug: string,
  app: Pick<App, "fields" | "placements"> | null,
  fields: Readonly<Record<string, string>>,
): NamedSecret[] {
  const open = new Set(app?.fields.filter((field) => !field.secret).map((field) => field.name));
  const secrets = Object.entries(fields)
    .filter(([name, value]) => value !== "" && !open.has(name))
    .map(([name, value]) => ({ name: `${slug}.$auth.${name}`, value }));
  for (const placement of app?.placements ?? []) {
    if (placement.in !== "basic") continue;
    const template = `${placement.username}:${placement.password}`;
    const used = Object.keys(fields).filter((name) => template.includes(`{${name}}`));
    if (used.every((name) => open.has(name))) continue;
    const value = expanded(template, fields);
    if (value !== null) secrets.push({ name: `${slug}.$auth.${used.join(":")}`, value });
  }
  return secrets;
}

/** Null where a field of the template is empty: there is no such pair then. */
function expanded(template: string, fields: Readonly<Record<string, string>>): string | null {
  try {
    return expandTemplate(template, fields);
  } catch {
    return null;
  }
}

/** What a step gets of an account, and what of it must not be shown. */
export interface AccountForRun {
  /** `pd.inputs[slug]["$auth"]`. */
  readonly auth: Readonly<Record<string, string>>;
  readonly secrets: readonly NamedSecret[];
  /** Its name for the person. */
  readonly name: string;
  /** True of the hosts of its app, to which its secrets may go. */
  readonly belongsTo: (host: string) => boolean;
}

/**
 * What a step gets of an account, and what of it must not be shown: the fields with the app's defaults. Null where the
 * account does not exist any more or belongs to another app.
 * @throws VaultLocked where it can't be decrypted
 */
export async function accountForRun(
  store: AccountStore,
  slug: string,
  accountId: string,
): Promise<AccountForRun | null> {
  const account = await store.getState().find(accountId);
  if (account === null || account.app !== slug) return null;
  const fields = await store.getState().fieldsOf(accountId);
  const app = await loadApp(slug).catch(() => null);
  const auth = app === null ? fields : filledFields(app, fields);
  const hosts = app === null ? [] : allowedHosts(app, fields);
  return {
    auth,
    secrets: accountSecrets(slug, app, auth),
    name: account.name,
    belongsTo: (host) => coversHost(hosts, host),
  };
}

/**
 * Hosts that an account may talk to, as `coversHost` of the catalogue takes them; none where the account or its app does
 * not exist any more.
 * @throws VaultLocked where it can't be decrypted
 */
export async function hostsOfAccount(
  store: AccountStore,
  slug: string,
  accountId: string,
): Promise<readonly string[]> {
  const account = await store.getState().find(accountId);
  const app = await loadApp(slug).catch(() => null);
  if (account === null || account.app !== slug || app === null) return [];
  return allowedHosts(app, await store.getState().fieldsOf(accountId));
}
