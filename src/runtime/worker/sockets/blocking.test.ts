// Python without JSPI, in a thread of its own, against local servers through the real gateway.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestPage, type TestPage } from "../../network/testing/page.ts";
import { type BlockingPython, startBlockingPython } from "./testing/blocking-python.ts";
import { caseNames, runHere, runNatively } from "./testing/cases.ts";
import { startServers, type TestServers } from "./testing/servers.ts";

let servers: TestServers;
let page: TestPage;
let python: BlockingPython;

beforeAll(async () => {
  servers = await startServers();
  page = await startTestPage({ extraCa: servers.certificates.authority.cert });
  // Small, so that it fills up time and again.
  python = await startBlockingPython(page.network.socketPort, 16 * 1024);
}, 60_000);
afterAll(async () => {
  await python?.close();
  await page?.close();
  servers?.close();
});
beforeEach(() => {
  page.answer = () => "allow";
  page.questions.length = 0;
});

describe("works as in CPython", () => {
  let native: Record<string, string>;
  let here: Record<string, string>;
  beforeAll(async () => {
    here = await runHere(python, "works", servers);
    native = await runNatively("works", servers);
  }, 60_000);

  test.each(caseNames("works"))("%s", (name) => {
    expect(native[name]).toBe("ok");
    expect(here[name]).toBe("ok");
  });
});
