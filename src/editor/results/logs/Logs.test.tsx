// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LogLine, LogView } from "../../../runs/index.ts";
import { Logs } from "./Logs.tsx";

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(300);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(20);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(600);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function logOf(lines: readonly Partial<LogLine>[], dropped = 0): LogView {
  return {
    length: lines.length,
    total: lines.length + dropped,
    dropped,
    at: (index) => ({ stream: "stdout", text: "", at: 0, ...lines[index] }),
    downloadText: () => new Blob(["all of it\n"]),
  };
}

test("only the rows in view are in the document", () => {
  render(
    <Logs
      stepName="one"
      running={false}
      log={logOf(Array.from({ length: 100_000 }, (_, i) => ({ text: `line ${i}` })))}
    />,
  );
  const rows = screen.getByRole("log", { name: "Logs of one" }).querySelectorAll("[data-stream]");
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(200);
});

test("stderr is told from stdout, secrets are drawn as marks", () => {
  render(
    <Logs
      stepName="one"
      running={false}
      log={logOf([{ text: "⟦env.KEY⟧" }, { stream: "stderr", text: "oh" }])}
    />,
  );
  expect(screen.getByText("env.KEY")).toBeTruthy();
  expect(screen.getByText("oh").closest("[data-stream]")?.getAttribute("data-stream")).toBe("stderr");
});

test("a huge line is folded until asked for", () => {
  render(<Logs stepName="one" running={false} log={logOf([{ text: "x".repeat(5000) }])} />);
  fireEvent.click(screen.getByRole("button", { name: "… 3,500 more characters" }));
  expect(screen.getByText("x".repeat(5000))).toBeTruthy();
});

test("lines that were dropped are said to be, and are in the download", async () => {
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return "blob:here";
  });
  render(<Logs stepName="one" running={false} log={logOf([{ text: "last" }], 250_000)} />);
  expect(screen.getByText(/Showing the last 1 line of 250,001/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Download log" }));
  expect(await blobs[0]?.text()).toBe("all of it\n");
});

test("only a person's scrolling up ends following, not lines that come faster than scrolling is reported", () => {
  const lines = Array.from({ length: 1000 }, (_, i) => ({ text: `line ${i}` }));
  render(<Logs stepName="one" running log={logOf(lines)} />);
  const scroller = screen.getByRole("log");
  vi.spyOn(scroller, "scrollHeight", "get").mockReturnValue(20_000);
  const scrollTo = (top: number) => {
    scroller.scrollTop = top;
    fireEvent.scroll(scroller);
  };
  scrollTo(8000);
  scrollTo(7500);
  expect(screen.queryByRole("button", { name: "Jump to latest" })).toBeNull();
  fireEvent.wheel(scroller, { deltaY: -500 });
  scrollTo(7000);
  expect(screen.getByRole("button", { name: "Jump to latest" })).toBeTruthy();
  scrollTo(20_000 - 300);
  expect(screen.queryByRole("button", { name: "Jump to latest" })).toBeNull();
});

test("no output yet, and none at all", () => {
  const { rerender } = render(<Logs stepName="one" running log={logOf([])} />);
  expect(screen.getByText("No output yet.")).toBeTruthy();
  rerender(<Logs stepName="one" running={false} log={logOf([])} />);
  expect(screen.getByText("The step printed nothing.")).toBeTruthy();
});
