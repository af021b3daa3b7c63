import { type AccountStore, hostsOfAccount } from "../accounts/index.ts";
import type { AppHosts } from "../editor/index.ts";
import type { Workflow } from "../workflow/index.ts";

/** Hosts of the accounts that are attached to the steps, by app; of an account that can't be read, none. */
export async function appHostsOf(accounts: AccountStore, workflow: Workflow): Promise<readonly AppHosts[]> {
  const hosts = new Map<string, Set<string>>();
  for (const { app, accountId } of workflow.steps.flatMap((step) => step.apps)) {
    if (accountId === null) continue;
    const ofApp = hosts.get(app) ?? new Set();
    for (const host of await hostsOfAccount(accounts, app, accountId).catch(() => [])) ofApp.add(host);
    hosts.set(app, ofApp);
  }
  return Array.from(hosts, ([app, ofApp]) => ({ app, hosts: [...ofApp].sort() }));
}
