import { describe, expect, it } from "vitest";
import { checkField, isMultiline, normalizeField } from "./normalize-field.ts";

const token = { name: "oauth_access_token", label: "OAuth access token", optional: false };
const keyFile = { name: "key_json", label: "Key file", optional: false };

describe("what is pasted along with a credential", () => {
  it("is left alone where there is nothing", () => {
    expect(normalizeField(token, "xoxb-1-a b")).toEqual({ value: "xoxb-1-a b", notes: [] });
    expect(normalizeField(token, "")).toEqual({ value: "", notes: [] });
  });

  it.each([
    ["  xoxb-1\n", /Spaces or line breaks/],
    ["Bearer xoxb-1", /"Bearer " was removed/],
    ["bearer   xoxb-1", /"Bearer " was removed/],
    ["Authorization: Bearer xoxb-1", /"Bearer " was removed/],
    ['"xoxb-1"', /quotes/],
    [" 'Bearer xoxb-1' ", /Spaces.*quotes.*Bearer/],
    ["xo\nxb\r\n-1", /within/],
  ])("is removed from %j", (typed, note) => {
    const { value, notes } = normalizeField(token, typed);
    expect(value).toBe("xoxb-1");
    expect(notes.join(" ")).toMatch(note);
  });

  it("does not touch the lines of a key file", () => {
    const pem = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----";
    expect(normalizeField({ name: "key" }, `${pem}\n`).value).toBe(pem);
    expect(normalizeField(keyFile, '{\n "a": 1\n}').value).toBe('{\n "a": 1\n}');
    expect(
      ["key_json", "private_key", "privateKey", "ca", "cert"].map((name) => isMultiline({ name })),
    ).toEqual(Array(5).fill(true));
    expect(["api_key", "key", "dc", "certainty"].map((name) => isMultiline({ name }))).toEqual(
      Array(4).fill(false),
    );
  });
});

describe("the check of a field", () => {
  it("asks for what is required", () => {
    expect(checkField(token, "")).toBe("Enter the OAuth access token.");
    expect(checkField({ ...token, optional: true }, "")).toBeNull();
    expect(checkField(token, "x")).toBeNull();
  });

  it("wants an object in a key file", () => {
    expect(checkField(keyFile, '{"private_key": "x"}')).toBeNull();
    expect(checkField(keyFile, '{"private_key": "x"')).toMatch(/ends too early/);
    expect(checkField(keyFile, "private_key")).toMatch(/not valid JSON/);
    expect(checkField(keyFile, "[1]")).toMatch(/not an object/);
  });
});
