import { expect, test } from "vitest";
import { createOutputInbox } from "./output-inbox.ts";
import { batch } from "./testing.ts";

function start() {
  const inbox = createOutputInbox(() => {});
  const lines: string[] = [];
  inbox.begin((event) => {
    if (event.type === "output") lines.push(`${event.stream} ${event.text}`);
  });
  return { inbox, lines };
}

test("what is found early is shown once, also when the rest of its batch is sent", () => {
  const { inbox, lines } = start();
  inbox.sent(batch(0, "a"));
  inbox.found(batch(1, "bc"));
  inbox.found(batch(1, "bcd"));
  inbox.sent(batch(1, "bcde"));
  inbox.found(batch(1, "bcd"));
  inbox.sent(batch(2, "f"));
  expect(lines).toEqual(["stdout a", "stdout bc", "stdout d", "stdout e", "stdout f"]);
});

test("streams are told apart where the first part was found", () => {
  const { inbox, lines } = start();
  inbox.found(batch(0, "outer", [3, 2]));
  inbox.sent(batch(0, "outerrest", [3, 3, 3]));
  expect(lines).toEqual(["stdout out", "stderr er", "stderr r", "stdout est"]);
});

test("last words wait for what was sent before them", async () => {
  const { inbox, lines } = start();
  let heard = false;
  const last = inbox.lastWords(batch(2, "c")).then(() => {
    heard = true;
  });
  inbox.sent(batch(0, "a"));
  await Promise.resolve();
  expect(heard).toBe(false);
  inbox.sent(batch(1, "b"));
  await last;
  expect(lines).toEqual(["stdout a", "stdout b", "stdout c"]);
});

test("last words that were sent before the end are not said twice, and none are awaited", async () => {
  const { inbox, lines } = start();
  inbox.sent(batch(0, "a"));
  await inbox.lastWords(batch(0, "a"));
  await inbox.lastWords(batch(1, ""));
  expect(lines).toEqual(["stdout a"]);
});

test("half a character at the end of a step is told, and does not reach the next one", () => {
  const { inbox, lines } = start();
  const half = batch(0, "é");
  inbox.sent({ ...half, bytes: half.bytes.slice(0, 1), stretches: Uint32Array.of(1) });
  inbox.end();
  inbox.begin((event) => lines.push(event.type === "output" ? event.text : event.type));
  inbox.sent(batch(1, "next"));
  expect(lines).toEqual(["stdout \ufffd", "next"]);
});

test("what is no batch is dropped", () => {
  const { inbox, lines } = start();
  inbox.sent({ ...batch(0, "a"), stretches: [1] as never });
  inbox.found({ ...batch(0, "a"), number: "0" as never });
  expect(lines).toEqual([]);
});
