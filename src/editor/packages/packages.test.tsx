// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { PackageUpdate } from "../../runs/index.ts";
import { type LockedPackage, setPackages, updateStep } from "../../workflow/index.ts";
import { renderIn, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { PackagesButton } from "./PackagesButton.tsx";
import { requirementsText } from "./requirements-text.ts";

afterEach(cleanup);

const locked = (name: string, version: string, rest: Partial<LockedPackage> = {}): LockedPackage => ({
  name,
  version,
  sha256: version.replaceAll(".", "").padEnd(64, "0"),
  filename: `${name}-${version}-py3-none-any.whl`,
  source: "index",
  asked: [],
  requires: [],
  ...rest,
});
const requests = locked("requests", "2.32.5", { asked: ["requests"], requires: ["idna"] });
const before = [locked("idna", "3.11"), requests, locked("six", "1.17", { asked: ["six"] })];

function open(packages: readonly LockedPackage[] = before): TestEditor {
  const workflow = updateStep(workflowWith("one", "two"), "two", { code: "import requests\n" });
  const editor = testEditor(setPackages(workflow, packages));
  renderIn(editor, <PackagesButton services={editor} />);
  fireEvent.click(screen.getByRole("button", { name: "Packages" }));
  return editor;
}
const dialog = () => within(screen.getByRole("dialog", { name: "Packages" }));
const button = (name: string) => dialog().getByRole("button", { name });

/** Lets *Update packages* come to this. */
async function update(editor: TestEditor, result: PackageUpdate): Promise<void> {
  editor.runs.setState({ updatePackages: async () => result });
  fireEvent.click(button("Update packages"));
  await waitFor(() => expect(button("Update packages")).toBeTruthy());
}

describe("the dialog", () => {
  test("lists what steps ask for first, then what that needs, and what nobody needs any more", () => {
    open();
    const rows = dialog()
      .getAllByRole("row")
      .slice(1)
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toEqual([
      ["requests", "2.32.5", "two", "23250000"],
      ["six", "1.17", "no step any more", "11700000"],
      ["idna", "3.11", "needed by requests", "31100000"],
    ]);
  });

  test("says what to do where there are none", () => {
    open([]);
    expect(dialog().getByText(/Import one in a step/)).toBeTruthy();
    expect(button("Copy as requirements.txt")).toHaveProperty("disabled", true);
  });

  test("updates nothing while something runs", () => {
    const editor = open();
    act(() => editor.runs.setState({ running: { kind: "step", stepIds: ["one"], currentStepId: "one" } }));
    expect(button("Update packages")).toHaveProperty("disabled", true);
    expect(button("Update packages").title).toBe("Wait until the run is over");
  });

  test("shows how far an update is, and stops it", () => {
    const editor = open();
    act(() =>
      editor.runs.setState({
        running: { kind: "packages", stepIds: [], currentStepId: null },
        updatePhase: "Downloading idna… 12 of 70 kB",
      }),
    );
    expect(dialog().getByRole("status").textContent).toBe("Downloading idna… 12 of 70 kB");
    fireEvent.click(button("Stop"));
    expect(editor.asked).toEqual(["stop"]);
  });

  test("shows what has changed, and takes it back", async () => {
    const editor = open();
    editor.document.getState().apply((workflow) => setPackages(workflow, [locked("idna", "4.0")]));
    await update(editor, {
      kind: "updated",
      changes: [
        { name: "idna", from: "3.11", to: "4.0" },
        { name: "six", from: "1.17", to: null },
        { name: "yarl", from: null, to: "1.2" },
      ],
    });
    expect(dialog().getByText("3 packages changed")).toBeTruthy();
    expect(
      dialog()
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(["idna 3.11  4.0", "six 1.17 is no longer needed", "yarl 1.2 is new"]);
    fireEvent.click(button("Undo"));
    expect(editor.document.getState().workflow.packages).toEqual(before);
    expect(dialog().queryByText("3 packages changed")).toBeNull();
  });

  test("says what went wrong, and what to do", async () => {
    const editor = open();
    await update(editor, {
      kind: "failed",
      error: {
        code: "PackageUnavailable",
        type: "PackageUnavailable",
        message: "two: There is no package named reqeusts.",
        line: 1,
        column: 1,
        traceback: "",
        hint: "Did you mean requests?",
      },
    });
    expect(dialog().getByRole("alert").textContent).toContain(
      "are as they were. two: There is no package named reqeusts. Did you mean requests?",
    );
  });
});

test("requirements.txt has no libraries of Pyodide, and addresses where these were given", () => {
  const packages = [
    locked("six", "1.17"),
    locked("libopenblas", "0.3", { filename: "libopenblas-0.3.zip", source: "pyodide" }),
    locked("mine", "1.0", { source: "https://files.test/mine-1.0-py3-none-any.whl" }),
  ];
  expect(requirementsText(packages)).toBe("mine @ https://files.test/mine-1.0-py3-none-any.whl\nsix==1.17\n");
});
