// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LogLine, LogView } from "../../../runs/index.ts";
import { withLayout } from "../../testing-browser.ts";
import { Logs } from "./Logs.tsx";

withLayout({ offsetHeight: 19 });
afterEach(cleanup);

function logOf(
  lines: readonly Partial<LogLine>[],
  dropped = 0,
  downloadHas: LogView["downloadHas"] = "all",
): LogView {
  return {
    length: lines.length,
    total: lines.length + dropped,
    dropped,
    downloadHas,
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

test("a short log is drawn as a whole, without asking the layout what has room", () => {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(0);
  const measured = vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(0);
  const lines = Array.from({ length: 40 }, (_, i) => ({ text: `line ${i}` }));
  render(<Logs stepName="one" running log={logOf(lines)} />);
  expect(screen.getByRole("log").querySelectorAll("[data-stream]")).toHaveLength(40);
  expect(measured).not.toHaveBeenCalled();
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

test("of a line that is cut, the rest is said to be in the download", () => {
  render(<Logs stepName="one" running log={logOf([{ text: "x".repeat(5000), more: 45_000 }])} />);
  fireEvent.click(screen.getByRole("button", { name: "… 48,500 more characters" }));
  expect(screen.getByText("… 45,000 more characters: download the log to see them")).toBeTruthy();
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

test.each([
  ["all", "Showing the last 1 line of 11. The download has all of them."],
  [
    "ends",
    "Showing the last 1 line of 11. The download has the first 512 MB of the output, and the lines shown here.",
  ],
  ["view", "Showing the last 1 line of 11. The others were not stored with the result."],
] as const)("what of the other lines can be had is said: %s", (has, note) => {
  render(<Logs stepName="one" running log={logOf([{ text: "last" }], 10, has)} />);
  expect(screen.getByText(note)).toBeTruthy();
});

test("a log of few lines that is too much for a download is said to be", () => {
  render(<Logs stepName="one" running log={logOf([{ text: "x" }], 0, "ends")} />);
  expect(screen.getByText(/^The download has the first 512 MB/)).toBeTruthy();
});

describe("following the end", () => {
  const lines = Array.from({ length: 1000 }, (_, i) => ({ text: `line ${i}` }));
  const end = 20_000;

  function open(running: boolean) {
    render(<Logs stepName="one" running={running} log={logOf(lines)} />);
    const scroller = screen.getByRole("log");
    vi.spyOn(scroller, "scrollHeight", "get").mockReturnValue(end);
    const scrollTo = (top: number) => {
      scroller.scrollTop = top;
      fireEvent.scroll(scroller);
    };
    scrollTo(end);
    return { scroller, scrollTo };
  }
  const isFollowing = () => screen.queryByRole("button", { name: "Jump to latest" }) === null;

  test("the last line is in the document, wherever the list has been scrolled to", () => {
    const { scroller, scrollTo } = open(true);
    scrollTo(0);
    expect(screen.getByText("line 999")).toBeTruthy();
    expect(scroller.scrollTop).toBe(end);
    expect(isFollowing()).toBe(true);
  });

  test("ends with the wheel, and begins again at the end", () => {
    const { scroller, scrollTo } = open(true);
    fireEvent.wheel(scroller, { deltaY: 500 });
    expect(isFollowing()).toBe(true);
    fireEvent.wheel(scroller, { deltaY: -500 });
    expect(isFollowing()).toBe(false);
    scrollTo(7000);
    expect(scroller.scrollTop).toBe(7000);
    expect(screen.queryByText("line 999")).toBeNull();
    scrollTo(end - 300);
    expect(isFollowing()).toBe(true);
  });

  test.each(["Home", "PageUp", "ArrowUp"])("ends with the key %s", (key) => {
    const { scroller } = open(true);
    fireEvent.keyDown(scroller, { key });
    expect(isFollowing()).toBe(false);
  });

  test("ends with a drag upward, and the list does not move under the hand", () => {
    const { scroller, scrollTo } = open(true);
    fireEvent.pointerDown(scroller);
    scrollTo(7000);
    expect(scroller.scrollTop).toBe(7000);
    expect(isFollowing()).toBe(false);
  });

  test("a press that scrolls nothing leaves it be", () => {
    const { scroller, scrollTo } = open(true);
    fireEvent.pointerDown(scroller);
    fireEvent.pointerUp(scroller);
    scrollTo(7000);
    expect(scroller.scrollTop).toBe(end);
  });

  test("ends with any scrolling up once nothing comes any more", () => {
    const { scroller, scrollTo } = open(false);
    scrollTo(7000);
    expect(scroller.scrollTop).toBe(7000);
    fireEvent.click(screen.getByRole("button", { name: "Jump to latest" }));
    expect(scroller.scrollTop).toBe(end);
    expect(isFollowing()).toBe(true);
  });
});

test("scrolled back, what is in view stays there when older lines are dropped", () => {
  const all = Array.from({ length: 2000 }, (_, i) => ({ text: `line ${i}` }));
  const { rerender } = render(<Logs stepName="one" running log={logOf(all.slice(0, 1500))} />);
  const scroller = screen.getByRole("log");
  vi.spyOn(scroller, "scrollHeight", "get").mockReturnValue(1500 * 19);
  scroller.scrollTop = 1500 * 19;
  fireEvent.wheel(scroller, { deltaY: -500 });
  scroller.scrollTop = 1000 * 19;
  fireEvent.scroll(scroller);
  expect(screen.getByText("line 1000")).toBeTruthy();
  rerender(<Logs stepName="one" running log={logOf(all.slice(500), 500)} />);
  fireEvent.scroll(scroller);
  expect(screen.getByText("line 1000")).toBeTruthy();
  expect(screen.queryByText("line 1500")).toBeNull();
});

test("no output yet, and none at all", () => {
  const { rerender } = render(<Logs stepName="one" running log={logOf([])} />);
  expect(screen.getByText("No output yet.")).toBeTruthy();
  rerender(<Logs stepName="one" running={false} log={logOf([])} />);
  expect(screen.getByText("The step printed nothing.")).toBeTruthy();
});
