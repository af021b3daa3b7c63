// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { newWorkflow, setTriggerKind, type Trigger } from "../../workflow/index.ts";
import { TriggerCard } from "../card/TriggerCard.tsx";
import { renderIn, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { scheduleWords } from "./words.ts";

afterEach(cleanup);

function show(kind: Trigger["kind"], workflow = newWorkflow()): TestEditor {
  const editor = testEditor(setTriggerKind(workflow, kind));
  renderIn(editor, <TriggerCard />);
  return editor;
}

const trigger = (editor: TestEditor) => editor.document.getState().workflow.trigger;

test("the kind of trigger is chosen on its card", () => {
  const editor = show("manual");
  const kind = screen.getByRole("combobox", { name: "Kind of trigger" });
  fireEvent.change(kind, { target: { value: "http" } });
  expect(trigger(editor)).toMatchObject({ kind: "http", runs: true });
  fireEvent.click(screen.getByRole("checkbox", { name: "Run the workflow with each request" }));
  expect(trigger(editor)).toMatchObject({ runs: false });
  fireEvent.change(kind, { target: { value: "schedule" } });
  expect(screen.getByRole("checkbox", { name: "Run on schedule" })).not.toHaveProperty("checked", true);
});

describe("an HTTP trigger", () => {
  test("shows its URL and a command that tries it, and says where it can be reached from", () => {
    const editor = show("http");
    expect(screen.queryByText("URL")).toBeNull();
    const url = "http://127.0.0.1:7411/hooks/token";
    editor.triggers.setState({ address: { kind: "ready", url, connection: "open" } });
    return screen.findByText(url).then(() => {
      expect(screen.getByText(/^curl .* http:\/\/127/)).toBeTruthy();
      expect(screen.getByText(/from this machine only/)).toBeTruthy();
      expect(screen.getByText("Waiting for requests")).toBeTruthy();
    });
  });

  test("gets a new URL once that is confirmed, and says what is wrong", async () => {
    const editor = show("http");
    editor.triggers.setState({ address: { kind: "ready", url: "https://h/hooks/t", connection: "lost" } });
    expect(await screen.findByText(/gateway doesn't answer/)).toBeTruthy();
    expect(screen.queryByText(/from this machine only/)).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "New URL" }));
    const dialog = screen.getByRole("dialog", { name: "Make a new URL?" });
    fireEvent.click(within(dialog).getByRole("button", { name: "New URL" }));
    expect(editor.asked).toContain("renew address");
  });
});

describe("a schedule", () => {
  test("is an interval with a unit; what is no number stays in its field", () => {
    const editor = show("schedule");
    const interval = screen.getByRole("spinbutton", { name: "Interval" });
    fireEvent.change(interval, { target: { value: "15" } });
    fireEvent.change(screen.getByRole("combobox", { name: "Unit of the interval" }), {
      target: { value: "minutes" },
    });
    expect(trigger(editor)).toMatchObject({ schedule: { kind: "interval", seconds: 900 } });
    fireEvent.change(interval, { target: { value: "" } });
    expect(trigger(editor)).toMatchObject({ schedule: { seconds: 900 } });
    expect(interval.getAttribute("aria-invalid")).toBe("true");
  });

  test("or cron in a time zone, with what is wrong with it, what comes next and what was passed over", async () => {
    const editor = show("schedule");
    fireEvent.change(screen.getByRole("combobox", { name: "Kind of schedule" }), {
      target: { value: "cron" },
    });
    fireEvent.change(screen.getByRole("textbox", { name: "Cron expression" }), {
      target: { value: "* * *" },
    });
    fireEvent.change(screen.getByRole("combobox", { name: "Time zone" }), {
      target: { value: "Asia/Tokyo" },
    });
    expect(trigger(editor)).toMatchObject({ schedule: { expression: "* * *", timeZone: "Asia/Tokyo" } });
    const skipped = { count: 2, lastAt: 0, why: "busy" } as const;
    editor.triggers.setState({
      schedule: { due: [], problem: "This is no cron expression", elsewhere: true, skipped },
    });
    expect((await screen.findByRole("alert")).textContent).toContain("no cron expression");
    expect(screen.getByText(/2 times it was due while something else was running/)).toBeTruthy();
    expect(screen.getByText(/Another tab/)).toBeTruthy();
  });

  test.each([
    [3600, "every hour"],
    [5400, "every 90 minutes"],
    [45, "every 45 seconds"],
  ])("of %d seconds is told as %s", (seconds, words) => {
    expect(scheduleWords({ kind: "interval", seconds })).toBe(words);
  });
});

test("earlier events are picked, run again and deleted", async () => {
  const editor = show("http", workflowWith("one"));
  const record = { workflowId: "w", kind: "http", at: 0, text: "{}" } as const;
  fireEvent.click(screen.getByRole("button", { name: "Earlier events" }));
  expect(await screen.findByText("No events yet")).toBeTruthy();
  editor.triggers.setState({
    events: [
      { ...record, id: "w e1", eventId: "e1", title: "POST /orders", text: trigger(editor).eventText },
    ],
  });
  const use = await screen.findByRole("button", { name: /^Use POST \/orders/ });
  expect(use.getAttribute("aria-current")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: /^Delete POST/ }));
  fireEvent.click(screen.getByRole("button", { name: /^Replay POST/ }));
  fireEvent.click(screen.getByRole("button", { name: "Earlier events" }));
  fireEvent.click(await screen.findByRole("button", { name: /^Use POST/ }));
  expect(editor.asked).toEqual(["remove e1", "replay e1", "select e1"]);
  expect(screen.queryByRole("dialog")).toBeNull();
});
