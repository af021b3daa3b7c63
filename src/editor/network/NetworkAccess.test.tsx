// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { HostRule, SecretRule } from "../../runs/index.ts";
import { chooseAccount } from "../../workflow/index.ts";
import { renderIn, type TestEditor, type TestNetwork, testEditor, workflowWith } from "../testing.tsx";
import type { NetworkTarget } from "../view.ts";
import { NetworkAccessDialog } from "./NetworkAccessDialog.tsx";
import { NetworkButton } from "./NetworkButton.tsx";
import { UntrustedBanner } from "./UntrustedBanner.tsx";

afterEach(cleanup);

const rule = (host: string, rest: Partial<HostRule> = {}): HostRule => ({
  host,
  port: null,
  range: "public",
  decision: "allow",
  by: "person",
  lastUsedAt: null,
  ...rest,
});
const slackHosts = [{ app: "slack", hosts: ["slack.com", "*.slack.com", "files.slack.example"] }];

async function open(network: TestNetwork = {}, target?: NetworkTarget): Promise<TestEditor> {
  const editor = testEditor(workflowWith("one"), [], network);
  await editor.policyRead();
  editor.view.getState().openNetworkAccess(target);
  renderIn(
    editor,
    <>
      <NetworkButton network={editor.network} view={editor.view} />
      <UntrustedBanner />
      <NetworkAccessDialog />
    </>,
  );
  return editor;
}
const dialog = () => within(screen.getByRole("dialog", { name: "Network access" }));
const shownHosts = () =>
  within(dialog().getByRole("list", { name: "Hosts" }))
    .getAllByRole("group")
    .map((group) => group.getAttribute("aria-label")?.replace("Access to ", ""));
const choice = (host: string, name: string) =>
  within(dialog().getByRole("group", { name: `Access to ${host}` })).getByRole("radio", { name });
const hostOf = (editor: TestEditor, host: string) =>
  editor.network.getState().hosts.find((found) => found.host === host);
const add = (text: string, button = "Allow host") => {
  fireEvent.change(dialog().getByRole("textbox", { name: "Add host" }), { target: { value: text } });
  fireEvent.click(dialog().getByRole("button", { name: button }));
};

describe("trust", () => {
  test("an untrusted workflow says so above its steps and in the header, until it is trusted", async () => {
    const editor = await open({ policy: { trusted: false } });
    editor.view.getState().closeNetworkAccess();
    const note = screen.getByRole("note", { name: "Untrusted workflow", hidden: true });
    expect(note.textContent).toContain("anything but the apps you attach");
    expect(
      screen.getByRole("button", { name: "Network access: not trusted yet", hidden: true }),
    ).toBeTruthy();
    fireEvent.click(within(note).getByText("Trust this workflow"));
    expect(editor.network.getState().trusted).toBe(true);
    expect(screen.queryByRole("note", { hidden: true })).toBeNull();
    expect(screen.getByRole("button", { name: "Network access", hidden: true })).toBeTruthy();
  });

  test("Review opens the dialog, which trusts and stops trusting", async () => {
    const editor = await open({ policy: { trusted: false } });
    fireEvent.click(dialog().getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    fireEvent.click(screen.getByRole("button", { name: "Review" }));
    fireEvent.click(dialog().getByRole("button", { name: "Trust this workflow" }));
    expect(editor.network.getState().trusted).toBe(true);
    fireEvent.click(dialog().getByRole("button", { name: "Stop trusting" }));
    expect(editor.network.getState().trusted).toBe(false);
  });
});

describe("always allowed", () => {
  test("hosts of the attached apps in words, and the package index", async () => {
    const editor = testEditor(workflowWith("one"), [], { appHosts: slackHosts });
    editor.document.getState().apply((workflow) => chooseAccount(workflow, "one", "slack", "acme"));
    editor.view.getState().openNetworkAccess();
    renderIn(editor, <NetworkAccessDialog />);
    const list = dialog().getByRole("list", { name: "Always allowed" });
    await waitFor(() => expect(list.textContent).toContain("slack.com and its subdomains"));
    expect(list.textContent).toContain("files.slack.example");
    expect(list.textContent).toContain("Package index");
  });

  test("an app without an account has none yet", async () => {
    await open();
    const list = dialog().getByRole("list", { name: "Always allowed" });
    await waitFor(() => expect(list.textContent).toContain("once an account is chosen"));
  });
});

describe("hosts", () => {
  test("each with port, range, last use; by name", async () => {
    await open({
      policy: {
        hosts: [
          rule("nas.local", { port: 8080, range: "private", decision: "deny" }),
          rule("api.example.com", { by: "run", lastUsedAt: Date.now() - 5 * 60_000 }),
          rule("::1", { port: 5432, range: "loopback" }),
        ],
      },
    });
    expect(shownHosts()).toEqual(["[::1]:5432", "api.example.com", "nas.local:8080"]);
    const [local, api, nas] = within(dialog().getByRole("list", { name: "Hosts" })).getAllByRole("listitem");
    expect(local?.textContent).toMatch(/this computer.*not used yet/);
    expect(api?.textContent).toMatch(/used 5 min ago.*listed when reached/);
    expect(nas?.textContent).toContain("private network");
    expect(choice("nas.local:8080", "Deny")).toHaveProperty("checked", true);
    expect(choice("api.example.com", "Allow")).toHaveProperty("checked", true);
  });

  test("a choice is in the list at once", async () => {
    const editor = await open({ policy: { hosts: [rule("api.example.com")] } });
    fireEvent.click(choice("api.example.com", "Deny"));
    expect(hostOf(editor, "api.example.com")?.decision).toBe("deny");
    expect(choice("api.example.com", "Deny")).toHaveProperty("checked", true);
  });

  test("what a run has listed allows nothing while the workflow is not trusted", async () => {
    await open({ policy: { trusted: false, hosts: [rule("api.example.com", { by: "run" })] } });
    expect(choice("api.example.com", "Allow")).toHaveProperty("checked", false);
    expect(choice("api.example.com", "Deny")).toHaveProperty("checked", false);
    expect(dialog().getByText("asks next time")).toBeTruthy();
  });

  test("removing one can be undone on the spot, as it was", async () => {
    const original = rule("api.example.com", { by: "run", decision: "deny", lastUsedAt: 7 });
    const editor = await open({ policy: { hosts: [original, rule("b.example.com")] } });
    fireEvent.click(dialog().getByRole("button", { name: "Remove api.example.com" }));
    expect(editor.network.getState().hosts).toHaveLength(1);
    const undo = dialog().getByRole("button", { name: "Undo: bring api.example.com back" });
    await waitFor(() => expect(document.activeElement).toBe(undo));
    fireEvent.click(undo);
    expect(hostOf(editor, "api.example.com")).toEqual(original);
    await waitFor(() => expect(document.activeElement).toBe(choice("api.example.com", "Deny")));
    expect(shownHosts()).toEqual(["api.example.com", "b.example.com"]);
    expect(dialog().queryByText(/^Removed/)).toBeNull();
  });

  test("with many there is a search", async () => {
    await open({ policy: { hosts: Array.from({ length: 9 }, (_, index) => rule(`h${index}.example.com`)) } });
    const search = dialog().getByRole("searchbox", { name: "Search hosts" });
    fireEvent.change(search, { target: { value: " H3." } });
    expect(shownHosts()).toEqual(["h3.example.com"]);
    fireEvent.change(search, { target: { value: "nothing" } });
    expect(dialog().getByText("No host has “nothing” in its name.")).toBeTruthy();
  });

  test("a few need none, and an empty list says what it is for", async () => {
    await open();
    expect(dialog().queryByRole("searchbox")).toBeNull();
    expect(dialog().queryByRole("list", { name: "Hosts" })).toBeNull();
    expect(dialog().getByText(/What a step reaches is listed here/)).toBeTruthy();
  });
});

describe("adding a host", () => {
  test("allowed or denied, with a port or without, from a pasted address", async () => {
    const editor = await open();
    add("https://api.example.com/v1?x=1");
    expect(hostOf(editor, "api.example.com")).toMatchObject({ decision: "allow", port: null });
    expect(dialog().getByText("api.example.com is allowed.")).toBeTruthy();
    add("nas.local:8080", "Deny host");
    expect(hostOf(editor, "nas.local")).toMatchObject({ decision: "deny", port: 8080 });
    expect(dialog().getByRole("textbox", { name: "Add host" })).toHaveProperty("value", "");
  });

  test("a name of the own network will be asked about once more", async () => {
    await open();
    add("nas.local:8080");
    expect(dialog().getByText(/nas\.local:8080 is allowed\..*asked once more/)).toBeTruthy();
  });

  test("what is no host, or needs no permission, is refused with a reason", async () => {
    const editor = await open({ appHosts: slackHosts });
    add("*.example.com");
    expect(dialog().getByText(/Patterns with \* can't be added/)).toBeTruthy();
    const field = dialog().getByRole("textbox", { name: "Add host" });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await waitFor(() =>
      expect(dialog().getByRole("list", { name: "Always allowed" }).textContent).toContain("slack.com"),
    );
    add("files.slack.com");
    expect(dialog().getByText(/a host of Slack, which is attached: it is always allowed/)).toBeTruthy();
    expect(editor.network.getState().hosts).toEqual([]);
  });
});

describe("opened to decide about one host", () => {
  test("that is on the list: its choice has the focus", async () => {
    await open(
      { policy: { hosts: [rule("a.example"), rule("z.example", { decision: "deny" })] } },
      { host: "z.example", port: 443 },
    );
    await waitFor(() => expect(document.activeElement).toBe(choice("z.example", "Deny")));
  });

  test("that is not: it stands in the field, ready to be added", async () => {
    await open({ policy: { hosts: [rule("a.example")] } }, { host: "127.0.0.1", port: 8080 });
    const field = dialog().getByRole("textbox", { name: "Add host" });
    expect(field).toHaveProperty("value", "127.0.0.1:8080");
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  test("otherwise nothing that changes anything has the focus", async () => {
    await open({ policy: { hosts: [rule("a.example")] } });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("dialog")));
  });
});

describe("secrets sent elsewhere", () => {
  const token: SecretRule = { secret: "slack.$auth.token", account: "Acme", host: "api.example.com" };

  test("are listed, and removing one can be undone", async () => {
    const editor = await open({ policy: { secrets: [token] } });
    const list = dialog().getByRole("list", { name: "Secrets sent elsewhere" });
    expect(list.textContent).toMatch(/slack\.\$auth\.token.*of Acme.*api\.example\.com/);
    fireEvent.click(dialog().getByRole("button", { name: "Remove slack.$auth.token for api.example.com" }));
    expect(editor.network.getState().secrets).toEqual([]);
    fireEvent.click(dialog().getByRole("button", { name: /^Undo: bring slack/ }));
    expect(editor.network.getState().secrets).toEqual([token]);
  });

  test("none: says that it asks", async () => {
    await open();
    expect(
      dialog().getByText(/a secret of an account goes to a host that is none of its app's, you are asked/),
    ).toBeTruthy();
  });
});
