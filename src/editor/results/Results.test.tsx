// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type StepRunState, stateOf } from "../../runs/index.ts";
import { withClipboard, withLayout } from "../testing-browser.ts";
import { Results } from "./Results.tsx";

withLayout();
const copied = withClipboard();
afterEach(cleanup);

function show(
  state: Partial<StepRunState>,
  onShowLine: (line: number) => void = () => {},
  onShowNetwork: (target: { readonly host: string }) => void = () => {},
): void {
  const base = stateOf({ steps: {} }, "");
  render(
    <Results
      stepName="one"
      state={{ ...base, status: "success", ...state }}
      onShowLine={onShowLine}
      onShowNetwork={onShowNetwork}
    />,
  );
}

const tab = (name: string) => fireEvent.click(screen.getByRole("tab", { name }));
const row = (name: RegExp) => screen.getByRole("treeitem", { name });

test("Logs that were pressed while the step runs stay, whatever it shows in the end", () => {
  const base = stateOf({ steps: {} }, "");
  const results = (state: Partial<StepRunState>) => (
    <Results stepName="one" state={{ ...base, ...state }} onShowLine={() => {}} onShowNetwork={() => {}} />
  );
  const displays: StepRunState["displays"] = [
    { head: { kind: "text", returned: false, note: null }, parts: ["shown"] },
  ];
  const selected = () => screen.getByRole("tab", { selected: true }).textContent;
  const { rerender } = render(results({ status: "running" }));
  tab("Logs");
  rerender(results({ status: "success", displays }));
  expect(selected()).toBe("Logs");
});

test("tabs are named without their counts", () => {
  show({ network: [], exportsJson: "{}" });
  expect(screen.getAllByRole("tab").map((one) => one.textContent)).toEqual([
    "Logs",
    "Exports",
    "Network",
    "Inputs",
  ]);
});

describe("errors", () => {
  const error = {
    code: "PythonError",
    type: "KeyError",
    message: "'⟦slack.$auth.token⟧'",
    line: 7,
    column: null,
    traceback: "Traceback (most recent call last): …",
    hint: "fetch has: id",
  };

  test("message, hint, traceback and the way to the line; no secret", () => {
    const shown: number[] = [];
    show({ status: "failed", error }, (line) => shown.push(line));
    const panel = within(screen.getByRole("group", { name: "Error" }));
    expect(panel.getByText("fetch has: id")).toBeTruthy();
    expect(panel.getByText(/Traceback/)).toBeTruthy();
    expect(panel.getByText("slack.$auth.token")).toBeTruthy();
    fireEvent.click(panel.getByRole("button", { name: "Go to line 7" }));
    expect(shown).toEqual([7]);
  });

  test("lines of the step in the traceback lead to it, those of libraries don't", () => {
    const shown: number[] = [];
    const traceback = `Traceback (most recent call last):
  File "one", line 7, in handler
    raise KeyError("⟦slack.$auth.token⟧")
  File "/lib/python3.14/json/__init__.py", line 7, in loads
KeyError`;
    show({ status: "failed", error: { ...error, traceback } }, (line) => shown.push(line));
    const panel = within(screen.getByRole("group", { name: "Error" }));
    const links = panel.getAllByRole("button", { name: /^File/ });
    expect(links.map((link) => link.textContent)).toEqual(['File "one", line 7']);
    if (links[0]) fireEvent.click(links[0]);
    expect(shown).toEqual([7]);
    expect(panel.getAllByText("slack.$auth.token").length, "marks are drawn there too").toBe(2);
    expect(panel.getByText(/__init__/).textContent).toContain("Traceback (most recent call last):");
  });

  test("a host that was denied leads to Network access; other errors don't", () => {
    const opened: unknown[] = [];
    const denied = { host: "127.0.0.1", port: 8080 };
    show({ status: "failed", error: { ...error, code: "NetworkDenied", denied } }, undefined, (target) =>
      opened.push(target),
    );
    fireEvent.click(screen.getByRole("button", { name: "Network access…" }));
    expect(opened).toEqual([denied]);
    cleanup();
    show({ status: "failed", error });
    expect(screen.queryByRole("button", { name: "Network access…" })).toBeNull();
  });

  test("a result from before an edit says so", () => {
    show({ stale: true });
    expect(screen.getByText(/before the last change/)).toBeTruthy();
  });
});

describe("exports", () => {
  const exportsJson = '{"$return_value":{"id":12345678901234567890,"list":["a"]},"response":"text"}';

  test("paths are Python, values are as they were", async () => {
    show({ exportsJson });
    tab("Exports");
    fireEvent.click(within(row(/^id/)).getByRole("button", { name: "Copy path" }));
    fireEvent.click(within(row(/^id/)).getByRole("button", { name: "Copy value" }));
    fireEvent.click(within(row(/^response/)).getByRole("button", { name: "Copy value" }));
    fireEvent.click(within(row(/^list/)).getByRole("button", { name: "Copy value" }));
    await waitFor(() => expect(copied).toHaveLength(4));
    expect(copied).toEqual([
      'pd.steps["one"]["$return_value"]["id"]',
      "12345678901234567890",
      "text",
      '[\n  "a"\n]',
    ]);
  });

  test("the tree is walked by keyboard", () => {
    show({ exportsJson });
    tab("Exports");
    const tree = screen.getByRole("tree", { name: "Exports of one" });
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown"]) fireEvent.keyDown(tree, { key });
    const active = document.getElementById(tree.getAttribute("aria-activedescendant") ?? "");
    expect(active?.getAttribute("aria-level")).toBe("3");
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    fireEvent.keyDown(tree, { key: "ArrowLeft" });
    expect(row(/^list/).getAttribute("aria-expanded")).toBe("false");
  });

  test("no value is parsed to show the tree", () => {
    const parse = vi.spyOn(JSON, "parse");
    show({ exportsJson });
    tab("Exports");
    expect(row(/^id/).textContent).toContain("12345678901234567890");
    expect(parse).not.toHaveBeenCalled();
  });

  test("search opens the way to each match", async () => {
    const items = Array.from({ length: 6 }, (_, n) => ({
      name: `item ${n}`,
      text: "-".repeat(40),
      tags: [`tag-${n % 2}`],
    }));
    show({ exportsJson: JSON.stringify({ $return_value: { items }, other: "TAG-1" }) });
    tab("Exports");
    const field = screen.getByRole("searchbox", { name: "Search Exports of one" });
    const tree = screen.getByRole("tree", { name: "Exports of one" });
    const active = () =>
      document.getElementById(tree.getAttribute("aria-activedescendant") ?? "")?.textContent;
    fireEvent.change(field, { target: { value: "tag-1" } });
    await waitFor(() => expect(screen.getByText("1 of 4")).toBeTruthy());
    expect(row(/^items/).getAttribute("aria-expanded")).toBe("true");
    expect(active()).toContain('0 "tag-1"');
    for (let match = 2; match <= 4; match++) {
      fireEvent.keyDown(field, { key: "Enter" });
      expect(screen.getByText(`${match} of 4`)).toBeTruthy();
    }
    await waitFor(() => expect(active()).toContain('other "TAG-1"'));
    fireEvent.click(screen.getByRole("button", { name: "Next match" }));
    expect(screen.getByText("1 of 4")).toBeTruthy();
    fireEvent.change(field, { target: { value: "nowhere" } });
    await waitFor(() => expect(screen.getByText("No match")).toBeTruthy());
    fireEvent.keyDown(field, { key: "Escape" });
    expect((field as HTMLInputElement).value).toBe("");
  });

  test("nothing exported: how to export is said", () => {
    show({ exportsJson: "{}" });
    tab("Exports");
    expect(screen.getByText("pd.export(name, value)")).toBeTruthy();
  });
});

test("the inputs read as the step reads them", async () => {
  show({
    inputsJson:
      '{"steps":{"trigger":{"event":1}},"inputs":{"slack":{"$auth":{"token":"⟦slack.token⟧"}}},"env":{}}',
  });
  tab("Inputs");
  fireEvent.click(within(row(/^event/)).getByRole("button", { name: "Copy path" }));
  await waitFor(() => expect(copied).toEqual(['pd.steps["trigger"]["event"]']));
});
