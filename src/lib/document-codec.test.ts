import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createDocumentCodec, type Migration } from "./document-codec.ts";

const schema = z.object({ title: z.string(), tags: z.array(z.object({ name: z.string() })) });

// A chain of the test's own: 1 had one `name`, 2 called it `title`, 3 has tags.
const migrations: readonly Migration[] = [
  (data) => ({ title: z.object({ name: z.string() }).parse(data).name }),
  (data) => ({ ...z.object({ title: z.string() }).parse(data), tags: [] }),
];
const codec = createDocumentCodec({ format: "test.note", schema, migrations });

test("the version follows from the migrations", () => {
  expect(codec.version).toBe(3);
  expect(createDocumentCodec({ format: "f", schema, migrations: [] }).version).toBe(1);
});

test("what is written is read again", () => {
  const note = { title: "T", tags: [{ name: "a" }] };
  const written = JSON.parse(JSON.stringify(codec.write(note)));
  expect(written).toEqual({ format: "test.note", version: 3, data: note });
  expect(codec.read(written)).toEqual({ kind: "ok", value: note });
});

test.each([
  [1, { name: "Old" }],
  [2, { title: "Old" }],
  [3, { title: "Old", tags: [] }],
])("version %d is brought up to date, the original staying as it is", (version, data) => {
  const raw = Object.freeze({ format: "test.note", version, data: Object.freeze(data) });
  expect(codec.read(raw)).toEqual({ kind: "ok", value: { title: "Old", tags: [] } });
});

describe("a newer version", () => {
  test("is read as far as it is understood", () => {
    const raw = { format: "test.note", version: 4, data: { title: "T", tags: [], mood: "new" } };
    expect(codec.read(raw)).toEqual({ kind: "newer-version", version: 4, value: { title: "T", tags: [] } });
  });
  test("is told from a corrupt one where it is not", () => {
    const raw = { format: "test.note", version: 9, data: { heading: "T" } };
    expect(codec.read(raw)).toEqual({ kind: "newer-version", version: 9, value: null });
  });
});

describe("corrupt", () => {
  test.each([
    [undefined, "not a document"],
    [null, "not a document"],
    ["text", "not a document"],
    [{ format: "other", version: 3, data: {} }, "not a document"],
    [{ format: "test.note", version: 0, data: {} }, "not a document"],
    [{ format: "test.note", version: 1.5, data: {} }, "not a document"],
    [{ format: "test.note", version: "3", data: {} }, "not a document"],
    [{ format: "test.note", version: 3, data: { title: "T", tags: [{ name: 1 }] } }, "tags[0].name:"],
    [{ format: "test.note", version: 3 }, "expected object"],
    [{ format: "test.note", version: 1, data: { name: 5 } }, "Version 1 could not be brought to 3"],
  ])("%j", (raw, message) => {
    const read = codec.read(raw);
    expect(read.kind).toBe("corrupt");
    expect(read.kind === "corrupt" ? read.message : "").toContain(message);
  });
});
