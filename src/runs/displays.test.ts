import { describe, expect, test } from "vitest";
import type { Display } from "../runtime/index.ts";
import { createRedactor } from "../vault/index.ts";
import { maskDisplay, storedDisplays } from "./displays.ts";

const facts = { returned: false, note: null };
const redactor = createRedactor([{ name: "s", value: "tok-<12345>" }]);
const masked = (display: Display) => maskDisplay(redactor, display);

describe("secrets", () => {
  test("are replaced in cells, names of columns, HTML and drawings", async () => {
    const table = await masked({
      head: {
        kind: "table",
        ...facts,
        columns: [{ name: "tok-<12345>", dtype: "object" }],
        columnsTotal: 1,
        total: 1,
        kept: 1,
      },
      parts: ['[["a tok-<12345>"]]'],
    });
    expect(table).toMatchObject({ head: { columns: [{ name: "⟦s⟧" }] }, parts: ['[["a ⟦s⟧"]]'] });
    const html = { head: { kind: "html", ...facts }, parts: ["<b>tok-&lt;12345&gt;</b>"] } as const;
    expect(await masked(html)).toMatchObject({ parts: ["<b>⟦s⟧</b>"] });
    const svg = await masked({
      head: { kind: "image", mime: "image/svg+xml", scale: 1, ...facts },
      bytes: new TextEncoder().encode("<svg><text>tok-&lt;12345&gt;</text></svg>").buffer,
    });
    expect("bytes" in svg && new TextDecoder().decode(svg.bytes)).toBe("<svg><text>⟦s⟧</text></svg>");
  });

  test("an image stays as it is", async () => {
    const image: Display = {
      head: { kind: "image", mime: "image/png", scale: 2, ...facts },
      bytes: new ArrayBuffer(3),
    };
    expect(await masked(image)).toBe(image);
  });
});

test("what is too large for the result is stored in part, or told", () => {
  const megabytes = (count: number) => "x".repeat(count * 1024 * 1024);
  const text = (count: number): Display => ({ head: { kind: "text", ...facts }, parts: [megabytes(count)] });
  const table: Display = {
    head: { kind: "table", ...facts, columns: [], columnsTotal: 0, total: 3000, kept: 2500 },
    parts: [megabytes(1), megabytes(6), megabytes(2)],
  };
  const stored = storedDisplays([text(4), table, text(10), text(2), text(1)]);
  expect(
    stored.map((display) => ("parts" in display ? display.parts.map((part) => part.length >> 20) : [])),
  ).toEqual([[4], [1, 6, 2], [0], [2], [1]]);
  expect(stored[2]?.head.note).toContain("Test the step again");
  const [first, cut] = storedDisplays([text(10), table]);
  expect(first).toEqual(text(10));
  expect(cut).toMatchObject({ head: { kept: 1000, total: 3000 }, parts: [megabytes(1)] });
});
