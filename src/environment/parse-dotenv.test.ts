import { describe, expect, it } from "vitest";
import { parseDotenv } from "./parse-dotenv.ts";
import { checkVariableName, checkVariableValue } from "./variable-rules.ts";

const values = (text: string) => Object.fromEntries(parseDotenv(text).entries.map((e) => [e.name, e.value]));

describe("a .env file", () => {
  it("holds names and values, comments and blank lines", () => {
    const text =
      "\uFEFF# settings\r\n\r\nA=1\r\n  export B = two words  \nC=\nD=x#y # comment\nE=a=b==\n#F=no\n";
    expect(values(text)).toEqual({ A: "1", B: "two words", C: "", D: "x#y", E: "a=b==" });
    expect(parseDotenv(text).strayLines).toBe(0);
  });

  it("holds values in quotes, over several lines too", () => {
    const text = `A="a \\"b\\" \\n c\\\\ \\x" # comment\nB='as $it \\n is'\nC="-----BEGIN\nline=2\n-----END"\nD=\`x\ny\`\nE='open`;
    expect(values(text)).toEqual({
      A: 'a "b" \n c\\ \\x',
      B: "as $it \\n is",
      C: "-----BEGIN\nline=2\n-----END",
      D: "x\ny",
      E: "'open",
    });
  });

  it("counts the last of equal names", () => {
    expect(parseDotenv("A=1\nB=2\nA=3").entries).toEqual([
      { name: "B", value: "2" },
      { name: "A", value: "3" },
    ]);
  });

  it("tells lines that are none of that", () => {
    expect(parseDotenv("-----BEGIN KEY-----\nabc==\n-----END KEY-----").strayLines).toBe(2);
    expect(parseDotenv("just text").entries).toEqual([]);
    expect(parseDotenv("")).toEqual({ entries: [], strayLines: 0 });
  });
});

describe("the rules (fact 16)", () => {
  it("let names begin with a letter or an underscore", () => {
    expect(["A", "a", "_", "_1", "STRIPE_KEY"].map(checkVariableName)).toEqual(Array(5).fill(null));
    expect(checkVariableName("1A")).toMatch(/starts with a letter/);
    expect(checkVariableName("A-B")).toMatch(/not "-"/);
    expect(checkVariableName("A B")).toMatch(/not a space/);
    expect(checkVariableName("")).toMatch(/Give/);
  });

  it("limit values to 64 KB of UTF-8", () => {
    expect(checkVariableValue("x".repeat(65_536))).toBeNull();
    expect(checkVariableValue("x".repeat(65_537))).toMatch(/at most 64 KB.*65,537 bytes/);
    expect(checkVariableValue("€".repeat(21_846))).not.toBeNull();
    expect(checkVariableValue("a\0b")).toMatch(/zero byte/);
  });
});
