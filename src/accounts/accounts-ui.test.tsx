// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Toaster } from "../ui/index.ts";
import { openVault, type SealedAccount } from "../vault/index.ts";
import { type MemoryRecords, memoryKeys, memoryRecords } from "../vault/testing.ts";
import { AccountsPage } from "./AccountsPage.tsx";
import { type AccountStore, type AccountSummary, createAccountStore } from "./account-store.ts";
import { ConnectDialog } from "./ConnectDialog.tsx";
import { AccountsProvider, type AccountUse } from "./context.tsx";
import type { TestConnection } from "./test-connection.ts";

let repository: MemoryRecords<SealedAccount>;
let store: AccountStore;
let uses: Record<string, AccountUse[]>;
const testConnection = vi.fn<TestConnection>();
const onConnected = vi.fn<(account: AccountSummary) => void>();

beforeEach(async () => {
  repository = memoryRecords<SealedAccount>();
  store = createAccountStore({ repository, vault: await openVault(memoryKeys()) });
  uses = {};
  testConnection.mockReset().mockResolvedValue({ ok: true, summary: "Connected as ada." });
  onConnected.mockReset();
});
afterEach(cleanup);

function show(content: React.ReactNode): void {
  render(
    <AccountsProvider store={store} testConnection={testConnection} usageOf={async (id) => uses[id] ?? []}>
      {content}
      <Toaster />
    </AccountsProvider>,
  );
}

async function openDialog(app: string, accountId?: string) {
  show(
    <ConnectDialog app={app} accountId={accountId} open onOpenChange={() => {}} onConnected={onConnected} />,
  );
  await screen.findByRole("textbox", { name: "Account name" });
  return {
    box: (name: string) => screen.getByRole<HTMLTextAreaElement>("textbox", { name }),
    type(name: string, value: string) {
      const box = screen.getByRole("textbox", { name });
      fireEvent.change(box, { target: { value } });
      fireEvent.blur(box);
    },
    press: (name: string) => fireEvent.click(screen.getByRole("button", { name })),
  };
}

const saved = (name: string, fields: Record<string, string>, app = "slack") =>
  store.getState().connect({ app, name, fields });

describe("the dialog Connect APP", () => {
  it("connects an account under a name it proposes", async () => {
    const { box, type, press } = await openDialog("slack");
    expect(screen.getByRole("dialog", { name: "Connect Slack" })).toBeTruthy();
    expect(box("Account name").value).toBe("Slack account");
    expect(screen.getByText('pd.inputs["slack"]["$auth"]["oauth_access_token"]')).toBeTruthy();
    type("oauth_access_token", "xoxb-123");
    press("Connect");
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
    const [account] = store.getState().accounts;
    expect(onConnected).toHaveBeenCalledWith(account);
    expect(account?.name).toBe("Slack account");
    expect(await store.getState().fieldsOf(account?.id ?? "")).toEqual({ oauth_access_token: "xoxb-123" });
  });

  it("submits with Enter in the token's field", async () => {
    const { box, type } = await openDialog("slack");
    type("oauth_access_token", "xoxb-123");
    fireEvent.keyDown(box("oauth_access_token"), { key: "Enter" });
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
  });

  it("says what is missing and stores nothing", async () => {
    await saved("Taken", { oauth_access_token: "x" });
    const { box, type, press } = await openDialog("slack");
    type("Account name", " taken ");
    press("Connect");
    expect(screen.getByText("There is an account of this name already.")).toBeTruthy();
    expect(screen.getByText("Enter the OAuth access token.")).toBeTruthy();
    expect(box("oauth_access_token").getAttribute("aria-invalid")).toBe("true");
    expect(store.getState().accounts).toHaveLength(1);
    expect(onConnected).not.toHaveBeenCalled();
  });

  it("masks secrets until they are to be shown, and tidies what was pasted", async () => {
    const { box, type, press } = await openDialog("slack");
    type("oauth_access_token", "  Bearer xoxb-1\n");
    expect(box("oauth_access_token").value).toBe("xoxb-1");
    expect(screen.getByText(/"Bearer " was removed/)).toBeTruthy();
    const masked = box("oauth_access_token").className;
    press("Show oauth_access_token");
    expect(box("oauth_access_token").className).not.toBe(masked);
    press("Hide oauth_access_token");
    expect(box("oauth_access_token").className).toBe(masked);
  });

  it("tests the connection with what is typed, and forgets the result when it changes", async () => {
    const { type, press } = await openDialog("slack");
    press("Test connection");
    expect(testConnection).not.toHaveBeenCalled();
    type("oauth_access_token", "xoxb-1");
    press("Test connection");
    await screen.findByText("Connected as ada.");
    expect(testConnection).toHaveBeenCalledExactlyOnceWith("slack", { oauth_access_token: "xoxb-1" });
    type("oauth_access_token", "xoxb-2");
    expect(screen.queryByText("Connected as ada.")).toBeNull();
    testConnection.mockResolvedValue({ ok: false, message: "Slack refused the credentials." });
    press("Test connection");
    await screen.findByText("Slack refused the credentials.");
  });

  it("keeps a secret that is not replaced, and never shows it", async () => {
    const { id } = await saved("Acme", { oauth_access_token: "xoxb-old", oauth_uid: "U1" });
    const { box, type, press } = await openDialog("slack", id);
    expect(screen.getByRole("dialog", { name: "Reconnect Slack" })).toBeTruthy();
    expect(document.body.innerHTML).not.toContain("xoxb-old");
    expect(box("oauth_access_token").value).toBe("");
    type("Account name", "Acme 2");
    press("Save");
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
    expect(store.getState().accounts.map(({ name }) => name)).toEqual(["Acme 2"]);
    expect(await store.getState().fieldsOf(id)).toMatchObject({
      oauth_access_token: "xoxb-old",
      oauth_uid: "U1",
    });
  });

  it("replaces a secret that is typed in, and asks for it where the old one can't be read", async () => {
    const { id } = await saved("Acme", { oauth_access_token: "xoxb-old" });
    const record = repository.stored.get(id);
    if (record) repository.stored.set(id, { ...record, fields: { iv: "AAAA", data: "AAAA" } });
    const { type, press } = await openDialog("slack", id);
    expect(screen.getByText(/encrypted with a key that this browser no longer has/)).toBeTruthy();
    press("Save");
    expect(screen.getByText("Enter the OAuth access token.")).toBeTruthy();
    type("oauth_access_token", "xoxb-new");
    press("Save");
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
    expect(await store.getState().fieldsOf(id)).toEqual({ oauth_access_token: "xoxb-new" });
  });

  it("says why nothing could be stored and keeps what was typed", async () => {
    const { box, type, press } = await openDialog("slack");
    type("oauth_access_token", "xoxb-1");
    repository.failWrites("The disk is full.");
    press("Connect");
    await screen.findByText("The account was not saved: The disk is full.");
    expect(box("oauth_access_token").value).toBe("xoxb-1");
    repository.failWrites(null);
    press("Connect");
    await waitFor(() => expect(onConnected).toHaveBeenCalledOnce());
  });

  it("says so where the catalogue has no such app", async () => {
    show(<ConnectDialog app="nothing" open onOpenChange={() => {}} onConnected={onConnected} />);
    await screen.findByText(/catalogue has no app "nothing"/);
  });
});

describe("the page Accounts", () => {
  const menu = async (account: string, item: string) => {
    fireEvent.click(await screen.findByRole("button", { name: `Menu of ${account}` }));
    fireEvent.click(await screen.findByRole("menuitem", { name: item }));
  };

  it("begins empty, and connects an account of an app that is searched for", async () => {
    show(<AccountsPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Connect an account" }));
    fireEvent.change(await screen.findByRole("combobox"), { target: { value: "slack" } });
    fireEvent.click(await screen.findByRole("option", { name: "Slack" }));
    await screen.findByRole("dialog", { name: "Connect Slack" });
  });

  it("groups accounts by app and says which workflows use them", async () => {
    const acme = await saved("Acme", {});
    await saved("Beta", {});
    await saved("octocat", {}, "github");
    uses[acme.id] = [{ id: "w", name: "Release notes", href: "/workflows/w" }];
    show(<AccountsPage />);
    const slack = await screen.findByRole("region", { name: "Slack" });
    expect(within(slack).getByText("2 accounts")).toBeTruthy();
    expect((await within(slack).findByRole("link", { name: "Release notes" })).getAttribute("href")).toBe(
      "/workflows/w",
    );
    expect(within(screen.getByRole("region", { name: "GitHub" })).getByText("octocat")).toBeTruthy();
  });

  it("deletes an unused account at once, and brings it back", async () => {
    const { id } = await saved("Acme", { oauth_access_token: "x" });
    show(<AccountsPage />);
    await screen.findByText(/Not used by any workflow/);
    await menu("Acme", "Delete");
    await waitFor(() => expect(store.getState().accounts).toEqual([]));
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(store.getState().accounts.map((account) => account.id)).toEqual([id]));
  });

  it("asks before it deletes an account that is used, with the workflows", async () => {
    const { id } = await saved("Acme", {});
    uses[id] = [{ id: "w", name: "Release notes" }];
    show(<AccountsPage />);
    await screen.findByText(/Used by Release notes/);
    await menu("Acme", "Delete");
    const dialog = await screen.findByRole("dialog", { name: "Delete Acme?" });
    expect(within(dialog).getByText("Release notes")).toBeTruthy();
    expect(store.getState().accounts).toHaveLength(1);
    fireEvent.click(within(dialog).getByRole("button", { name: "Delete account" }));
    await waitFor(() => expect(store.getState().accounts).toEqual([]));
  });

  it("renames an account", async () => {
    await saved("Acme", {});
    show(<AccountsPage />);
    await menu("Acme", "Rename");
    fireEvent.change(await screen.findByRole("textbox", { name: "Account name" }), {
      target: { value: "Beta" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(store.getState().accounts[0]?.name).toBe("Beta"));
  });

  it("tests a stored account", async () => {
    await saved("Acme", { oauth_access_token: "xoxb-1" });
    show(<AccountsPage />);
    await menu("Acme", "Test connection");
    await screen.findByText("Connected as ada.");
    expect(testConnection).toHaveBeenCalledWith("slack", { oauth_access_token: "xoxb-1" });
  });
});
