import { expect, test } from "vitest";
import { createRedactor } from "./redactor.ts";

const STRIDE = 256 * 1024;
const redactor = createRedactor([{ name: "s", value: "tok-12345" }]);

test("a secret is found wherever it stands around the places where the work pauses", async () => {
  for (let at = STRIDE - 12; at <= STRIDE + 2; at++) {
    const json = JSON.stringify([`${"x".repeat(at - 2)}tok-12345`, "y".repeat(50)]);
    expect(json.indexOf("tok-12345")).toBe(at);
    expect(await redactor.jsonInSlices(json)).toBe(json.replace("tok-12345", "⟦s⟧"));
  }
});

test("so is one that is written with unusual escapes", async () => {
  for (let at = STRIDE - 8; at <= STRIDE + 2; at++) {
    const json = `["${"x".repeat(at - 2)}\\u0074ok-12345"]`;
    expect(json.indexOf("\\u0074")).toBe(at);
    const masked = await redactor.jsonInSlices(json);
    expect(JSON.parse(masked)).toEqual([`${"x".repeat(at - 2)}⟦s⟧`]);
  }
});

test("what holds none is the same text, not a copy with pauses", async () => {
  const json = JSON.stringify(Array.from({ length: 60_000 }, (_, n) => ({ n, text: `row ${n}` })));
  expect(await redactor.jsonInSlices(json)).toBe(json);
});

test("text that is no JSON is masked as text", async () => {
  const broken = `{"a": "${"x".repeat(STRIDE)}tok-12345\\q"`;
  expect(await redactor.jsonInSlices(broken)).not.toContain("tok-12345");
});
