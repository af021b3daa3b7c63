import { describe, expect, it } from "vitest";
import { guardedForms } from "./guarded-forms.ts";

const carries = (value: string, sent: string) =>
  guardedForms({ name: "app.$auth.key", value }).some((form) => sent.includes(form));

const values = ["xoxb-4711-Zq8Yw7", "p@ss w/ord+&?=", "küchen“schlüssel", "hunter2", '{"a":"\\"'];

describe("guardedForms", () => {
  it.each(values)("finds %s in what clients make of it", (value) => {
    const utf8 = Buffer.from(value);
    for (const sent of [
      `Authorization: Bearer ${value}`,
      `GET /?key=${encodeURIComponent(value)} HTTP/1.1`,
      new URLSearchParams({ key: value }).toString(),
      new URL(`https://a.example/?key=${encodeURIComponent(value)}`).href,
      JSON.stringify({ key: value }),
      JSON.stringify({ body: JSON.stringify({ key: value }) }),
      utf8.toString("base64"),
      utf8.toString("base64url"),
      utf8.toString("hex"),
      encodeURIComponent(utf8.toString("base64")),
    ]) {
      expect(carries(value, sent), sent).toBe(true);
    }
  });

  it.each(values)("finds %s in the base64 of a pair, wherever it begins", (value) => {
    for (const user of ["", "a", "ab", "abc", "someone"]) {
      for (const end of ["", "x", "xy"]) {
        const pair = Buffer.from(`${user}:${value}${end}`).toString("base64");
        expect(carries(value, `Basic ${pair}`), pair).toBe(true);
      }
    }
  });

  it("finds a password that a client encodes as Latin-1", () => {
    expect(carries("schlüssel", Buffer.from("me:schlüssel", "latin1").toString("base64"))).toBe(true);
  });

  it("holds nothing that is too short to tell", () => {
    expect(guardedForms({ name: "app.$auth.pin", value: "12345" })).toEqual([]);
    for (const form of guardedForms({ name: "app.$auth.key", value: "hunter2" })) {
      expect(form.length).toBeGreaterThanOrEqual(6);
    }
  });

  it("knows the lines of a private key, not its public frame", () => {
    const line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    const pem = `-----BEGIN PRIVATE KEY-----\n${line}\n${line}\n-----END PRIVATE KEY-----\n`;
    expect(carries(pem, line)).toBe(true);
    expect(carries(pem, "-----BEGIN PRIVATE KEY-----\nMIIother\n-----END PRIVATE KEY-----\n")).toBe(false);
  });
});
