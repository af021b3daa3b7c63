import type { AccountSummary } from "./account-store.ts";

/** `Slack account`, and where that is taken `Slack account 2`, … */
export function suggestAccountName(appName: string, others: readonly Pick<AccountSummary, "name">[]): string {
  const taken = new Set(others.map(({ name }) => name.toLowerCase()));
  const first = `${appName} account`;
  let name = first;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${first} ${number}`;
  return name;
}

const LONGEST_NAME = 80;

/**
 * What is wrong with an account's name, as a sentence; null where nothing is.
 * @param others The other accounts of the app.
 */
export function checkAccountName(
  name: string,
  others: readonly Pick<AccountSummary, "name">[],
): string | null {
  if (name === "") return "Give the account a name, so that you can tell it from others.";
  if (name.length > LONGEST_NAME) return `A name is at most ${LONGEST_NAME} characters long.`;
  const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return taken ? "There is an account of this name already." : null;
}
