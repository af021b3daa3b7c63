// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Display } from "../../../runs/index.ts";
import { withLayout } from "../../testing-browser.ts";
import { OutputTab } from "./OutputTab.tsx";

withLayout({ offsetHeight: 300 });
afterEach(cleanup);

const facts = { returned: false, note: null };
const part = (from: number, count: number) =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) => [from + index, `row ${(from + index) % 10}`, null]),
  );

const table: Display = {
  head: {
    kind: "table",
    ...facts,
    columns: [
      { name: "n", dtype: "int64" },
      { name: "name", dtype: "str" },
      { name: "gone", dtype: "object" },
    ],
    columnsTotal: 3,
    total: 5000,
    kept: 1500,
  },
  parts: [part(0, 1000), part(1000, 500)],
};

const show = (...displays: readonly Display[]) => render(<OutputTab stepName="one" displays={displays} />);
const firstRow = () => screen.getAllByRole("row")[1]?.textContent;

test("a table lists its first rows, more on demand, and says what is not there", async () => {
  show(table);
  expect(screen.getByRole("table", { name: "Table 1 of one" }).getAttribute("aria-rowcount")).toBe("5001");
  expect(firstRow()).toBe("00row 0None");
  expect(screen.getByRole("status").textContent).toBe(
    "1,000 of 5,000 rows × 3 columns; only the first 1,500 rows were kept",
  );
  fireEvent.click(screen.getByRole("button", { name: "Show the first 1,500 rows" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("1,500 of 5,000 rows"));
  expect(screen.queryByRole("button", { name: /^Show/ })).toBeNull();
});

test("a header sorts all kept rows up, down and not at all", async () => {
  show(table);
  const header = screen.getByRole("columnheader", { name: "n" });
  const sort = async (order: string, first: string) => {
    fireEvent.click(within(header).getByRole("button"));
    await waitFor(() => expect(header.getAttribute("aria-sort")).toBe(order));
    expect(firstRow()).toBe(first);
  };
  await sort("ascending", "00row 0None");
  await sort("descending", "14991499row 9None");
  await sort("none", "00row 0None");
});

test("text, notes and marks of secrets", () => {
  show(
    { head: { kind: "text", returned: false, note: "The beginning of 8 MiB." }, parts: ["key ⟦env.KEY⟧"] },
    { head: { kind: "json", ...facts }, parts: ['{"a":[1]}'] },
    { head: { kind: "text", returned: false, note: "Not shown." }, parts: [""] },
  );
  expect(screen.getByText("The beginning of 8 MiB.")).toBeTruthy();
  expect(screen.getByText("env.KEY")).toBeTruthy();
  expect(screen.getByRole("tree", { name: "Value 2 of one" })).toBeTruthy();
  expect(screen.getByText("Not shown.")).toBeTruthy();
});

test("HTML stands in a frame that may do nothing", () => {
  show({ head: { kind: "html", ...facts }, parts: ["<b>hi</b>"] });
  const frame = screen.getByTitle("HTML 1 of one");
  expect(frame.getAttribute("sandbox")).toBe("");
  expect(frame.getAttribute("srcdoc")).toContain("default-src 'none'");
});

test("an image has a name and can be downloaded", () => {
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  show({ head: { kind: "image", mime: "image/png", scale: 2, ...facts }, bytes });
  expect(screen.getByRole("img", { name: "Image 1 of one" }).getAttribute("src")).toMatch(/^blob:/);
  expect(screen.getByRole("button", { name: "Download image" })).toBeTruthy();
  fireEvent.error(screen.getByRole("img"));
  expect(screen.getByText(/can't read this image/)).toBeTruthy();
});
