import { expect, test, vi } from "vitest";
import { createAccountStore } from "../accounts/index.ts";
import { createEnvironmentStore } from "../environment/index.ts";
import { openMemoryStorage } from "../storage/index.ts";
import { openVault } from "../vault/index.ts";
import { workflowCodec } from "../workflow/index.ts";
import { revisionsOf } from "./revisions.ts";

test("revisions change with what is in accounts and variables, with nothing else, and hold none of it", async () => {
  const storage = await openMemoryStorage({ workflowCodec });
  const vault = await openVault(storage.keys);
  const accounts = createAccountStore({ repository: storage.accounts, vault });
  const environment = createEnvironmentStore({ repository: storage.variables, vault });
  const revisions = revisionsOf(accounts, environment);
  expect(revisions.variables()).toBeNull();
  const changed = vi.fn();
  const stop = revisions.onChange(changed);

  const { id } = await accounts
    .getState()
    .connect({ app: "slack", name: "Acme", fields: { token: "t-4711" } });
  const first = revisions.account(id);
  expect(first).toEqual(expect.any(String));
  await accounts.getState().rename(id, "Globex");
  await accounts.getState().touch(id);
  expect(revisions.account(id)).toBe(first);
  changed.mockClear();
  await accounts.getState().updateFields(id, { token: "t-0815" });
  expect(changed).toHaveBeenCalled();
  expect(revisions.account(id)).not.toBe(first);
  expect(revisions.account("unknown")).toBeNull();

  const set = (value: string | null, description = "") =>
    environment.getState().set({ name: "KEY", value, secret: true, description });
  await set("secret-1");
  const before = revisions.variables();
  await set(null, "described");
  expect(revisions.variables()).toEqual(before);
  changed.mockClear();
  await set("secret-1");
  expect(changed).toHaveBeenCalled();
  expect(revisions.variables()).not.toEqual(before);
  expect(JSON.stringify([revisions.variables(), revisions.account(id)])).not.toMatch(/t-0815|secret-1/);

  changed.mockClear();
  stop();
  await set("secret-2");
  expect(changed).not.toHaveBeenCalled();
  storage.close();
});
