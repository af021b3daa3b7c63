import { describe, expect, it } from "vitest";
import { MARK_PATTERN } from "../../lib/mark.ts";
import type { NamedSecret } from "../types.ts";
import fixture from "./python-output.fixture.json";
import { createRedactor } from "./redactor.ts";

const TOKEN = "xoxb-123456789012-AbCdEfGhIjKlMnOp";
const slack: NamedSecret = { name: "slack.$auth.oauth_access_token", value: TOKEN };
const MARK = "⟦slack.$auth.oauth_access_token⟧";
const named = (name: string, value: string): NamedSecret => ({ name, value });

describe("what Python makes of a secret", () => {
  const values: Readonly<Record<string, string>> = fixture.secrets;
  it.each(fixture.rows.map((row) => [row.secret, row.how, row] as const))("%s: %s", (secret, _, row) => {
    const redacted = createRedactor([named("s", values[secret] ?? "")]).text(row.text);
    expect(redacted).toContain("⟦s⟧");
    const rest = redacted.replace(MARK_PATTERN, "");
    expect(rest.length, rest).toBeLessThanOrEqual(row.rest);
    expect(row.text.length - rest.length).toBeGreaterThanOrEqual((values[secret] ?? "").length - 1);
  });
});

describe("text", () => {
  it("replaces a secret wherever it stands, by a mark that names it", () => {
    const { text } = createRedactor([slack]);
    expect(text(`{'oauth_access_token': '${TOKEN}'} and ${TOKEN}${TOKEN}`)).toBe(
      `{'oauth_access_token': '${MARK}'} and ${MARK}${MARK}`,
    );
  });

  it("leaves a text without secrets alone", () => {
    const input = "Nothing in here, xoxb-1234 not either ⟦neither⟧";
    expect(createRedactor([slack]).text(input)).toBe(input);
    expect(createRedactor([]).text(input)).toBe(input);
  });

  it("takes the longer secret where one begins another or stands in it", () => {
    const { text } = createRedactor([
      named("a", "secret"),
      named("b", "secret-key-1"),
      named("c", "key-1"),
      named("d", "my-secret-key-1-x"),
    ]);
    expect(text("secret secret-key-1 key-1 my-secret-key-1-x")).toBe("⟦a⟧ ⟦b⟧ ⟦c⟧ ⟦d⟧");
  });

  it("leaves no part of two secrets that overlap", () => {
    const { text } = createRedactor([named("a", "abcdef"), named("b", "defghij"), named("c", "hijklm")]);
    expect(text("-abcdefghijklm-")).toBe("-⟦a⟧⟦b⟧⟦c⟧-");
    expect(text("-abcdefghij-hijklm")).toBe("-⟦a⟧⟦b⟧-⟦c⟧");
  });

  it("covers a secret that overlaps with itself", () => {
    expect(createRedactor([named("a", "abab")]).text("xababababy")).toBe("x⟦a⟧y");
    expect(createRedactor([named("a", "abcd")]).text("abcdabcd")).toBe("⟦a⟧⟦a⟧");
  });

  it("passes over values shorter than four characters, empty and blank ones", () => {
    const { text } = createRedactor(
      ["", "a", "abc", "🔑🔑🔑", "     ", "\n\n\n\n"].map((v, i) => named(`${i}`, v)),
    );
    const input = "a abc 🔑🔑🔑       \n\n\n\n\n YWJj";
    expect(text(input)).toBe(input);
    expect(createRedactor([named("k", "abcd")]).text("abcd")).toBe("⟦k⟧");
  });

  it("names a value that two secrets share by the first", () => {
    expect(createRedactor([named("a", "same-value"), named("b", "same-value")]).text("same-value")).toBe(
      "⟦a⟧",
    );
  });

  it("hides a secret that someone puts into brackets of a mark", () => {
    expect(createRedactor([slack]).text(`⟦${TOKEN}⟧`)).toBe(`⟦${MARK}⟧`);
  });

  it("leaves its own marks alone where a value stands in a name", () => {
    const redactor = createRedactor([slack, named("env.WORD", "slack"), named("env.OTHER", "auth")]);
    const once = redactor.text(`slack ${TOKEN} auth`);
    expect(once).toBe(`⟦env.WORD⟧ ${MARK} ⟦env.OTHER⟧`);
    expect(redactor.text(once)).toBe(once);
  });
});

describe("heldBack", () => {
  it("keeps what may be the beginning of a secret, and nothing once it is whole or can't be one", () => {
    const { heldBack } = createRedactor([slack]);
    expect(heldBack("say xoxb-12")).toBe("xoxb-12".length);
    expect(heldBack(`say ${TOKEN}`)).toBe(0);
    expect(heldBack("say xoxb-99 ")).toBe(0);
    expect(heldBack("")).toBe(0);
    expect(createRedactor([]).heldBack("anything")).toBe(0);
  });
});

describe("json", () => {
  const parsed = (redactor: ReturnType<typeof createRedactor>, value: unknown): unknown =>
    JSON.parse(redactor.json(JSON.stringify(value)));

  it("replaces in strings and keys, at any depth", () => {
    expect(
      parsed(createRedactor([slack]), { [TOKEN]: [{ a: `Bearer ${TOKEN}` }], ok: true, n: null }),
    ).toEqual({
      [MARK]: [{ a: `Bearer ${MARK}` }],
      ok: true,
      n: null,
    });
  });

  it("replaces numbers that are a secret, and keeps the others to the digit", () => {
    const redactor = createRedactor([
      named("pin", "0042"),
      named("card", "4111111111111111"),
      named("n", "1234"),
    ]);
    expect(
      redactor.json('{"a": 42, "b":4111111111111111,"c":-1234.0, "d": 51234, "e": 12345678901234567890}'),
    ).toBe('{"a": "⟦pin⟧", "b":"⟦card⟧","c":"⟦n⟧", "d": 51234, "e": 12345678901234567890}');
    expect(redactor.json("[94111111111111111]")).toBe('["9⟦card⟧"]');
  });

  it("keeps literals where a secret is spelled like one", () => {
    const redactor = createRedactor([named("a", "true"), named("b", "null")]);
    expect(redactor.json('{"x":true,"y":null,"z":"true"}')).toBe('{"x":true,"y":null,"z":"⟦a⟧"}');
  });

  it("gives valid JSON where secrets hold quotes, backslashes and braces", () => {
    for (const value of ['","x":"y', '"}],[{"', "\\\\\\\\", '\\"\\"', "a\nb\nc", '": 1, "', "{[,:]}"]) {
      const redactor = createRedactor([named("s", value)]);
      expect(parsed(redactor, { k: `<${value}>`, [value]: 1, other: '","x":' })).toEqual({
        k: "<⟦s⟧>",
        "⟦s⟧": 1,
        other: '","x":',
      });
    }
  });

  it("finds what is escaped in unusual ways", () => {
    const escaped = Array.from(
      "top-secret",
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ).join("");
    expect(createRedactor([named("s", "top-secret")]).json(`{"a":"${escaped}"}`)).toBe('{"a":"⟦s⟧"}');
    expect(createRedactor([named("s", "pässwörd")]).json('{"a":"p\\u00E4ssw\\u00F6rd"}')).toBe('{"a":"⟦s⟧"}');
  });

  it("gives back the very text where nothing occurs", () => {
    const json = '{ "a" : [1, 2.50, "\\u00e9\\n"] }';
    expect(createRedactor([slack]).json(json)).toBe(json);
    expect(createRedactor([named("s", 'with "quotes"')]).json(json)).toBe(json);
  });

  it("redacts what is no valid JSON too", () => {
    const redactor = createRedactor([slack]);
    for (const broken of [`{"a": "${TOKEN}`, `"\\x ${TOKEN}"`, TOKEN, `{${TOKEN}: 1}`]) {
      expect(redactor.json(broken)).not.toContain("xoxb");
    }
  });
});
