import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { newId } from "../lib/id.ts";
import { runtimeDatabase, SNAPSHOTS } from "./runtime-database.ts";
import { openRuntimeFiles } from "./runtime-files.ts";
import { workflowSnapshots } from "./workflow-snapshots.ts";

const snapshot = (key: string, size = 3) => ({
  key,
  content: { memory: new Blob(["x".repeat(size)]), files: new Blob([key]), packages: [] },
});

test("a workflow's snapshot is found by the build that made it, until another takes its place", async () => {
  const { snapshots } = openRuntimeFiles(newId());
  expect(await snapshots.get("w1", "b1")).toBeNull();
  await snapshots.put("w1", "b1", snapshot("k1"));
  await snapshots.put("w2", "b1", { key: "k2", content: null });
  const found = await snapshots.get("w1", "b1");
  expect(found?.key).toBe("k1");
  expect(await found?.content?.files.text()).toBe("k1");
  expect(await snapshots.get("w2", "b1")).toEqual({ key: "k2", content: null });
  expect(await snapshots.get("w1", "b2")).toBeNull();
  await snapshots.put("w1", "b1", snapshot("k3"));
  expect((await snapshots.get("w1", "b1"))?.key).toBe("k3");
  await snapshots.delete("w1");
  expect(await snapshots.get("w1", "b1")).toBeNull();
});

test("those of other builds go, and the least recently used when they are too large together", async () => {
  vi.useFakeTimers({ now: 1000, toFake: ["Date"] });
  const opened = runtimeDatabase(newId());
  const snapshots = workflowSnapshots(opened, 10);
  await snapshots.put("old", "b0", snapshot("k"));
  for (const id of ["a", "b"]) {
    vi.advanceTimersByTime(1);
    await snapshots.put(id, "b1", snapshot("k", 3));
  }
  vi.advanceTimersByTime(1);
  await snapshots.touch("a");
  vi.advanceTimersByTime(1);
  await snapshots.put("c", "b1", snapshot("k", 4));
  expect(await (await opened()).getAllKeys(SNAPSHOTS)).toEqual(["a", "c"]);
  vi.useRealTimers();
});

test("what is stored in another shape counts as nothing", async () => {
  const name = newId();
  const { snapshots } = openRuntimeFiles(name);
  await (await runtimeDatabase(name)()).put(SNAPSHOTS, { workflowId: "w1", build: "b1", key: "k" });
  expect(await snapshots.get("w1", "b1")).toBeNull();
  await snapshots.touch("w1");
});
