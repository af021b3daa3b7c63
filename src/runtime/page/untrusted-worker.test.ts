// @vitest-environment node
import { describe, expect, test } from "vitest";
import type { WorkerToPage } from "../messages.ts";
import type { StepEvent } from "../protocol.ts";
import { ended, reported, start, stepOf } from "./testing.ts";

test("nonsense from the sandbox instead of output is passed over", async () => {
  const bytes = new ArrayBuffer(4);
  const events = await reported(
    start(),
    { type: "output", number: 0, bytes, stretches: [4], at: 1 } as unknown as WorkerToPage,
    { type: "output" } as unknown as WorkerToPage,
    { type: "output", number: 0, bytes, stretches: Uint32Array.of(2, 1e9, 1e9), at: 1 },
  );
  expect(events.map((event) => event.type === "output" && event.text)).toEqual(["\0\0", "\0\0"]);
});

describe("a step's code that has the port", () => {
  const junk = [
    null,
    "done",
    { type: "done" },
    { type: "locked", json: {} },
    { type: "exports", json: 1 },
    [],
  ];

  test("says nothing by junk, and ends its Python by a hundred pieces of it", async () => {
    const worker = start();
    expect(await reported(worker, ...(junk as unknown as WorkerToPage[]))).toEqual([]);
    const done = stepOf(worker.handle, []);
    for (let index = 0; index < 100; index++) worker.say(null as unknown as WorkerToPage);
    expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
    expect(worker.handle.dead).toBe(true);
  });

  test("ends its Python by a flood of messages", async () => {
    const worker = start();
    const events: StepEvent[] = [];
    const done = stepOf(worker.handle, events);
    for (let index = 0; index < 20_000; index++) worker.say({ type: "phase", text: "x" });
    expect(await done).toMatchObject({ status: "failed", error: { message: /no step may send/ } });
    expect(events.length).toBeLessThan(20_000);
  });

  test("reaches nothing between the steps", async () => {
    const worker = start();
    const { handle, permitted } = worker;
    const question = { kind: "host", host: "a", port: 1, address: null, range: "public" } as const;
    handle.beginRun(
      { judge: () => "allow", ask: async () => "allow", reached() {}, secrets: [] },
      { steps: [], lock: [] },
    );
    const may = async () => [permitted?.judge("a", 1), await permitted?.ask(question)];
    expect(await may()).toEqual(["deny", "deny"]);
    const done = stepOf(handle, []);
    expect(await may()).toEqual(["allow", "allow"]);
    worker.say(ended({ status: "stopped" }));
    await done;
    expect(await may()).toEqual(["deny", "deny"]);
  });

  test("is believed no outcome that is none", async () => {
    const worker = start();
    const done = stepOf(worker.handle, []);
    worker.say(ended({ status: "success" }));
    expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
  });
});
