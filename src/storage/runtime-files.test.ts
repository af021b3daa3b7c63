import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { newId } from "../lib/id.ts";
import { openRuntimeFiles } from "./runtime-files.ts";

const blobs = (version: string) =>
  new Map([
    ["a.wasm", new Blob([`${version} a`])],
    ["b", new Blob(["b"])],
  ]);

test("files are there all or not at all, of one version, in every tab", async () => {
  const name = newId();
  const files = openRuntimeFiles(name);
  expect(await files.get("v1", ["a.wasm"])).toBeNull();
  await files.put("v1", blobs("v1"));
  const found = await openRuntimeFiles(name).get("v1", ["b", "a.wasm"]);
  expect(await found?.get("a.wasm")?.text()).toBe("v1 a");
  expect(found?.size).toBe(2);
  expect(await files.get("v1", ["a.wasm", "missing"])).toBeNull();
  await files.put("v2", blobs("v2"));
  expect(await files.get("v1", ["a.wasm"])).toBeNull();
  expect(await (await files.get("v2", ["a.wasm"]))?.get("a.wasm")?.text()).toBe("v2 a");
});

test("a browser without storage rejects, and is asked anew", async () => {
  const { open } = indexedDB;
  indexedDB.open = () => {
    throw new DOMException("no storage here", "SecurityError");
  };
  const files = openRuntimeFiles(newId());
  await expect(files.get("v1", ["b"])).rejects.toThrow("no storage here");
  indexedDB.open = open;
  expect(await files.get("v1", ["b"])).toBeNull();
});
