import { countOf, formatBytes } from "../../lib/format.ts";
import { sizeOf, storedDisplays } from "../displays.ts";
import { storedNetwork } from "../network/stored-network.ts";
import type { StepResultRecord } from "../types.ts";
import { MAX_CODE, MAX_DISPLAYS, MAX_EXPORTS, MAX_NETWORK } from "./bounds.ts";
import type { PackedRun, PackedStep, PastRun, PastRunSummary, PastStep, StepThen } from "./types.ts";

/** Lines that are kept where a run has no room for all that are stored of a step. */
const FEW_LINES = 100;

/** What is stored of a step: as much as there is `room` for, the rest is named in what is left out. */
export function packStep(step: StepThen, result: StepResultRecord | null, room: number): PackedStep {
  const leftOut: string[] = [];
  let left = room;
  /** The value where it fits; else null, and it is named. */
  function kept<T>(value: T, size: number, limit: number, what: string): T | null {
    if (size > Math.min(limit, left)) {
      leftOut.push(`${what} of ${formatBytes(size)}`);
      return null;
    }
    left -= size;
    return value;
  }
  const code = kept(step.code, step.code.length, MAX_CODE, "code") ?? "";
  const then: StepThen = { ...step, code };
  if (!result) {
    const json = JSON.stringify({ step: then, result, leftOut } satisfies PastStep);
    return { json, exportsJson: null, inputsJson: null, displays: [] };
  }

  const few = { ...result, network: storedNetwork(result.network, MAX_NETWORK), ...emptied };
  // Written once: of thousands of lines it takes milliseconds.
  let resultJson = JSON.stringify(few);
  if (resultJson.length <= left) left -= resultJson.length;
  else {
    leftOut.push(`most of ${countOf(result.logs.length, "line")} of log and of the network's details`);
    const network = storedNetwork(few.network, 0);
    resultJson = JSON.stringify({ ...few, logs: few.logs.slice(-FEW_LINES), network });
  }

  const { exportsJson, inputsJson, displays } = result;
  const keptExports = exportsJson && kept(exportsJson, exportsJson.length, MAX_EXPORTS, "exports");
  const shown = storedDisplays(displays, Math.min(MAX_DISPLAYS, Math.max(left, 0)));
  left -= shown.reduce((sum, display) => sum + sizeOf(display), 0);
  const keptInputs = inputsJson && kept(inputsJson, inputsJson.length, left, "inputs");
  const json = `{"step":${JSON.stringify(then)},"result":${resultJson},"leftOut":${JSON.stringify(leftOut)}}`;
  return { json, exportsJson: keptExports, inputsJson: keptInputs, displays: shown };
}

/** In characters and bytes. */
export function packedSize({ json, exportsJson, inputsJson, displays }: PackedStep): number {
  const shown = displays.reduce((sum, display) => sum + sizeOf(display), 0);
  return json.length + (exportsJson?.length ?? 0) + (inputsJson?.length ?? 0) + shown;
}

/** The large values stand beside the JSON text. The fingerprint holds the event as it was typed, with any secret in it. */
const emptied = {
  exportsJson: null,
  inputsJson: null,
  displays: [],
  fingerprint: "",
} satisfies Partial<StepResultRecord>;

/** @throws SyntaxError where what is stored is damaged. */
export function unpackStep({ json, ...large }: PackedStep): PastStep {
  const { step, result, leftOut }: PastStep = JSON.parse(json);
  return { step, leftOut, result: result && { ...result, ...large } };
}

const ID_FIRST = /^\{"step":\{"id":("(?:[^"\\]|\\.)*")/;

/** The step's id. It stands where `packStep` writes it: thousands of lines of log behind it need not be read for it. */
export function stepIdOf(packed: PackedStep): string {
  const first = ID_FIRST.exec(packed.json)?.[1];
  return first === undefined ? unpackStep(packed).step.id : JSON.parse(first);
}

/** @throws SyntaxError where what is stored is damaged. */
export function unpackRun(summary: PastRunSummary, { trigger, steps }: PackedRun): PastRun {
  return { summary, trigger, steps: steps.map(unpackStep) };
}
