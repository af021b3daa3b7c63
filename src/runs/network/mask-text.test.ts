import { describe, expect, test } from "vitest";
import { createRedactor } from "../../vault/index.ts";
import { formDecoded, maskBeginning, maskText, percentDecoded } from "./mask-text.ts";

const SECRET = "xoxb-4711-Zq8+/= pass";
const redactor = createRedactor([{ name: "s", value: SECRET }]);
const hex = (text: string, before: string, digits: number) =>
  [...text].map((char) => before + char.charCodeAt(0).toString(16).padStart(digits, "0")).join("");

describe("maskText", () => {
  test.each([
    ["as it is", SECRET],
    ["URL-encoded as usual", encodeURIComponent(SECRET)],
    ["as a form", encodeURIComponent(SECRET).replaceAll("%20", "+")],
    ["every character percent-encoded", hex(SECRET, "%", 2)],
    ["one letter percent-encoded", encodeURIComponent(SECRET).replace("x", "%78")],
    [
      "a form with one letter percent-encoded",
      encodeURIComponent(SECRET).replaceAll("%20", "+").replace("x", "%78"),
    ],
    ["JSON with every character escaped", hex(SECRET, "\\u", 4)],
    ["JSON as .NET writes it", SECRET.replace("+", "\\u002B").replace("/", "\\/")],
    ["base64", btoa(`user:${SECRET}`)],
  ])("%s", (_name, written) => {
    const masked = maskText(redactor, `before=${written}&after=${encodeURIComponent("ü")}`);
    expect(masked).toContain("⟦s⟧");
    for (const read of [masked, formDecoded(masked), percentDecoded(masked)])
      expect(read).not.toMatch(/xoxb|4711/);
  });

  test("text without secrets stays as it was written", () => {
    const text = "/a%20b?c=d+e&f=%zz\\u0041";
    expect(maskText(redactor, text)).toBe(text);
  });
});

test("the beginning of a secret at the end of a beginning is left out", () => {
  expect(maskBeginning(redactor, `token ${SECRET.slice(0, 9)}`)).toBe("token ");
  expect(maskBeginning(redactor, `token ${SECRET} and`)).toBe("token ⟦s⟧ and");
});
