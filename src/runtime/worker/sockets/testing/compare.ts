import { beforeAll, describe, expect, test } from "vitest";
import { type CaseKind, caseNames, LATER, runHere, runNatively } from "./cases.ts";
import type { RunsPython } from "./python.ts";
import type { TestServers } from "./servers.ts";

/** How a case failed. */
interface Told {
  readonly classes?: readonly string[];
  readonly errno?: string | number;
  readonly text: string;
}

/** Declares a test for each case: in the sandbox it ends as on this machine's CPython. `world` is asked once the servers run. */
export function compareWithCPython(
  world: () => { readonly python: RunsPython; readonly servers: TestServers },
): void {
  describe("works as in CPython", () => {
    const told = runBoth<string>("works");
    test.each(caseNames("works"))("%s", (name) => {
      expect(told.native[name]).toBe("ok");
      expect(told.here[name]).toBe("ok");
    });
  });

  describe("fails as in CPython", () => {
    const told = runBoth<Told>("fails");
    test.each(caseNames("fails"))("%s", (name) => {
      const { text: _, ...ours } = told.here[name] ?? { text: "" };
      const { text: __, ...theirs } = told.native[name] ?? { text: "" };
      const raised = LATER[name];
      if (raised) expect(ours.classes?.[0]).toBe(raised);
      else expect(ours).toEqual(theirs);
      expect(theirs).not.toEqual({});
    });
  });

  function runBoth<Answer>(kind: CaseKind) {
    const told: Record<"here" | "native", Record<string, Answer>> = { here: {}, native: {} };
    beforeAll(async () => {
      const { python, servers } = world();
      told.here = await runHere(python, kind, servers);
      told.native = await runNatively(kind, servers);
    }, 60_000);
    return told;
  }
}
