import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exampleApp } from "../harness/example-app.ts";
import { APPS_FOLDER, catalogPlugin } from "./index.ts";
import { readApps } from "./read-apps.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apps-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(slug: string, content: object | string): void {
  writeFileSync(
    join(folder, `${slug}.json`),
    typeof content === "string" ? content : JSON.stringify(content),
  );
}

const example = (more: object = {}) => ({ ...exampleApp(), ...more });

test("the catalogue's own files are in order", () => {
  expect(readApps(APPS_FOLDER)).toHaveLength(100);
});

test("a folder of good files, sorted by slug", () => {
  write("b", example({ slug: "b", name: "B" }));
  write("a", example({ slug: "a", name: "A", icon: "github" }));
  expect(readApps(folder).map((app) => app.slug)).toEqual(["a", "b"]);
});

describe("a bad file fails the build, with its name and the place in it", () => {
  test.each<[string, string | object]>([
    ["example.json: is not JSON", "{"],
    ["example.json: (top): ", "[]"],
    ["example.json: weight: ", example({ weight: "high" })],
    ["example.json: (top): ", example({ wieght: 3 })],
    ["example.json: fields.0.name: must be a Python identifier", example({ fields: [{ name: "api-key" }] })],
    ["example.json: color: must be a colour", example({ color: "red" })],
    ["example.json: docsUrl: ", example({ docsUrl: "http://docs.example.com" })],
    ["example.json: placements.0", example({ placements: [{ in: "cookie" }] })],
    ["example.json: python.0: must be one line", example({ python: ["a\nb"] })],
    [
      "example.json: placements.0: names the field",
      example({ placements: [{ in: "query", name: "k", value: "{x}" }] }),
    ],
    ['example.json: slug: is "other"', example({ slug: "other" })],
    ['example.json: icon: simple-icons has none named "nosuchicon"', example({ icon: "nosuchicon" })],
    ['example.json: icon: simple-icons has none named "../x"', example({ icon: "../x" })],
  ])("%s", (message, content) => {
    write("example", content);
    expect(() => readApps(folder)).toThrow(`${folder}/${message}`);
  });

  test("all problems at once", () => {
    write("a", "{");
    write("b", "{");
    expect(() => readApps(folder)).toThrow(/a\.json: is not JSON.*b\.json: is not JSON/s);
  });
});

describe("names that hide each other", () => {
  test.each<[string, object, object]>([
    ['b.json: name: "EXAMPLE" is the name of a too', {}, { name: "EXAMPLE" }],
    ['b.json: aliases: "example!" is the name of a', {}, { name: "B", aliases: ["example!"] }],
    ['a.json: aliases: "B" is the name of b', { aliases: ["B"] }, { name: "Bee" }],
    ['a.json: aliases: "Example" is its own name already', { aliases: ["Example"] }, { name: "B" }],
  ])("%s", (message, a, b) => {
    write("a", example({ slug: "a", ...a }));
    write("b", example({ slug: "b", ...b }));
    expect(() => readApps(folder)).toThrow(message);
  });
  test("two apps may share an alias", () => {
    write("a", example({ slug: "a", name: "A1", aliases: ["mail"] }));
    write("b", example({ slug: "b", name: "B1", aliases: ["mail"] }));
    expect(readApps(folder)).toHaveLength(2);
  });
});

test("the plugin answers for its own module only, and fails with the file's name", () => {
  write("example", "{");
  const { resolveId, load } = catalogPlugin(folder);
  if (typeof resolveId !== "function" || typeof load !== "function") throw new Error("hooks are functions");
  const context = { addWatchFile: () => undefined };
  const resolve = (id: string) => Reflect.apply(resolveId, context, [id, undefined, {}]) as unknown;
  expect(resolve("virtual:something-else")).toBeUndefined();
  const id = resolve("virtual:runnel-apps");
  expect(() => Reflect.apply(load, context, [id])).toThrow("example.json: is not JSON");
});
