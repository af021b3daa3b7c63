import { describe, expect, it } from "vitest";
import type { StepError } from "../runtime/index.ts";
import type { LockedPackage } from "../workflow/index.ts";
import { makeStep, makeWorkflow, setUp, success } from "./testing-store.ts";

describe("packages", () => {
  const locked = (name: string, version: string): LockedPackage => ({
    name,
    version,
    sha256: version.padEnd(64, "0"),
    filename: `${name}-${version}-py3-none-any.whl`,
    source: "index",
    asked: [],
    requires: [],
  });
  const error: StepError = {
    code: "PackageUnavailable",
    type: "PackageUnavailable",
    message: "a: There is no package named x.",
    line: 1,
    column: 1,
    traceback: "",
    hint: null,
  };

  it("a run gets the workflow's packages and all its code, and what it installs is kept", async () => {
    const old = locked("idna", "1");
    const workflow = {
      ...makeWorkflow([makeStep("a"), makeStep("off", { enabled: false })]),
      packages: [old],
    };
    const { store, begun, kept } = setUp(workflow, {
      a: (_request, emit) => {
        emit({ type: "locked", packages: [old, locked("six", "2")] });
        return success;
      },
    });
    await store.getState().testStep("id-a");
    expect(begun).toEqual([
      {
        packages: {
          steps: [
            { name: "a", code: "# a", enabled: true },
            { name: "off", code: "# off", enabled: false },
          ],
          lock: [old],
        },
        fresh: false,
      },
    ]);
    expect(kept).toEqual([[[old, locked("six", "2")], "run"]]);
  });

  it("an update begins without any, says what goes on and what has changed", async () => {
    const before = [locked("idna", "1"), locked("six", "1"), locked("urllib3", "1")];
    const { store, begun, kept, onUpdate } = setUp(
      { ...makeWorkflow([makeStep("a")]), packages: before },
      {},
    );
    const after = [locked("idna", "1"), locked("urllib3", "2"), locked("yarl", "1")];
    onUpdate((emit) => {
      emit({ type: "phase", text: "Resolving idna…" });
      expect(store.getState()).toMatchObject({
        updatePhase: "Resolving idna…",
        running: { kind: "packages" },
      });
      emit({ type: "locked", packages: after.slice(0, 1) });
      emit({ type: "locked", packages: after });
      return success;
    });
    expect(await store.getState().updatePackages()).toEqual({
      kind: "updated",
      changes: [
        { name: "six", from: "1", to: null },
        { name: "urllib3", from: "1", to: "2" },
        { name: "yarl", from: null, to: "1" },
      ],
    });
    expect(begun[0]).toMatchObject({ packages: { lock: [] }, fresh: true });
    expect(kept).toEqual([[after, "person"]]);
    expect(store.getState()).toMatchObject({ running: null, updatePhase: "" });
  });

  it("an update that fails or is stopped changes nothing", async () => {
    const { store, kept, onUpdate } = setUp(makeWorkflow([makeStep("a")]), {});
    onUpdate((emit) => {
      emit({ type: "locked", packages: [locked("idna", "1")] });
      return { status: "failed", error };
    });
    expect(await store.getState().updatePackages()).toEqual({ kind: "failed", error });
    onUpdate(() => ({ status: "stopped" }));
    expect(await store.getState().updatePackages()).toEqual({ kind: "stopped" });
    expect(kept).toEqual([]);
  });

  it("nothing is updated while a step runs, and no step runs while packages are updated", async () => {
    const { store, requests, onUpdate } = setUp(makeWorkflow([makeStep("a")]), {
      a: async () => {
        expect(await store.getState().updatePackages()).toEqual({ kind: "stopped" });
        return success;
      },
    });
    await store.getState().testStep("id-a");
    onUpdate(async () => {
      await store.getState().testStep("id-a");
      return success;
    });
    await store.getState().updatePackages();
    expect(requests).toHaveLength(1);
  });
});
