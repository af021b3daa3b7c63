import { expect, test } from "vitest";
import type { StepResultRecord } from "../types.ts";
import { packedSize, packStep, stepIdOf, unpackStep } from "./pack.ts";

const step = {
  id: "s",
  name: "a",
  title: "A",
  note: "",
  code: "x = 1",
  apps: [],
  dataStore: null,
  enabled: true,
};
const result: StepResultRecord = {
  id: "w s",
  workflowId: "w",
  stepId: "s",
  status: "success",
  startedAt: 1,
  durationMs: 2,
  logs: [{ stream: "stdout", text: "hi", at: 3 }],
  logLinesTotal: 1,
  exportsJson: '{"a":1}',
  displays: [{ head: { kind: "text", returned: false, note: null }, parts: ["shown"] }],
  inputsJson: "{}",
  network: [],
  error: null,
  exitReason: null,
  fingerprint: "f",
  summary: "s",
};

test("a step comes back as it was", () => {
  const packed = packStep(step, result, 8_000_000);
  expect(unpackStep(structuredClone(packed))).toEqual({
    step,
    result: { ...result, fingerprint: "" },
    leftOut: [],
  });
  expect(packedSize(packed)).toBe(packed.json.length + 7 + 2 + 5);
  expect(unpackStep(packStep(step, null, 8_000_000))).toEqual({ step, result: null, leftOut: [] });
});

test("where the run has no room left, the last lines stay and the rest is named", () => {
  const logs = Array.from({ length: 2000 }, (_, at) => ({
    stream: "stdout" as const,
    text: `line ${at}`,
    at,
  }));
  const packed = packStep(step, { ...result, logs, exportsJson: `"${"x".repeat(5000)}"` }, 1000);
  const kept = unpackStep(packed);
  expect(kept.result?.logs).toHaveLength(100);
  expect(kept.result?.logs.at(-1)?.text).toBe("line 1999");
  expect(kept.result?.exportsJson).toBeNull();
  expect(kept.leftOut).toEqual([
    "most of 2,000 lines of log and of the network's details",
    "exports of 5.0 kB",
  ]);
  expect(kept.step.code).toBe("x = 1");
});

test("code that is too large is left out", () => {
  const packed = packStep({ ...step, code: "#".repeat(600_000) }, null, 8_000_000);
  expect(unpackStep(packed)).toMatchObject({ step: { code: "" }, leftOut: ["code of 600 kB"] });
});

test("a step's id is read wherever it stands", () => {
  expect(stepIdOf(packStep({ ...step, id: 'a "quoted" \\ id' }, result, 8_000_000))).toBe('a "quoted" \\ id');
  const { id, ...rest } = step;
  expect(stepIdOf(packStep({ ...rest, id }, null, 8_000_000))).toBe("s");
});
