import { describe, expect, it } from "vitest";
import { createRedactor } from "./redactor.ts";

const LINES = [
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw",
  "ggSjAgEAAoIBAQC7VJTUt9Us8cKjMzEfYyji",
  "Zm9vYmFyL2Jhego=",
];
const PEM = `-----BEGIN PRIVATE KEY-----\n${LINES.join("\n")}\n-----END PRIVATE KEY-----\n`;
const redact = (value: string, text: string): string => createRedactor([{ name: "s", value }]).text(text);

describe("what is derived from a secret", () => {
  it("hides a key file as a whole, in JSON, by its lines and on one line, but not its frames", () => {
    expect(redact(PEM, `<${PEM}>`)).toBe("<⟦s⟧>");
    expect(redact(PEM, `<${PEM.trim()}>`)).toBe("<⟦s⟧>");
    expect(redact(PEM, JSON.stringify({ k: PEM }))).toBe('{"k":"⟦s⟧"}');
    expect(redact(PEM, `12:00 ${LINES[1]}\n`)).toBe("12:00 ⟦s⟧\n");
    expect(redact(PEM, `key=${LINES.join("")};`)).toBe("key=⟦s⟧;");
    expect(redact(PEM, PEM.replaceAll("\n", "\r\n"))).not.toMatch(/MII|Zm9v/);
    expect(redact(PEM, "-----BEGIN PRIVATE KEY-----")).toBe("-----BEGIN PRIVATE KEY-----");
  });

  it("hides base64 that is broken into lines", () => {
    const value = "0123456789 ".repeat(20);
    const wrapped = btoa(value).replace(/.{76}/g, "$&\n");
    expect(redact(value, `<${wrapped}>`)).toBe("<⟦s⟧>");
    expect(redact(value, wrapped.split("\n")[1] ?? "")).toBe("⟦s⟧");
  });

  it("hides the secret properties of a JSON key file as its user gets them", () => {
    const file = JSON.stringify(
      {
        type: "service_account",
        project_id: "acme-project",
        private_key: PEM,
        token_uri: "https://a.example/token",
      },
      null,
      2,
    );
    expect(redact(file, file)).toBe("⟦s⟧");
    expect(redact(file, PEM)).toBe("⟦s.private_key⟧");
    expect(redact(file, LINES[0] ?? "")).toBe("⟦s.private_key⟧");
    const rest = "service_account of acme-project at https://a.example/token";
    expect(redact(file, rest)).toBe(rest);
  });

  it("hides the password and the secret path of an address", () => {
    expect(redact("postgres://me:p%40ss-word@db.example/app", "p@ss-word p%40ss-word me db.example")).toBe(
      "⟦s⟧ ⟦s⟧ me db.example",
    );
    expect(
      redact("https://hooks.example/services/T00/B00/XXXXXXXX", "POST /services/T00/B00/XXXXXXXX 200"),
    ).toBe("POST ⟦s⟧ 200");
    expect(redact("https://api.example/v1", "GET /v1")).toBe("GET /v1");
  });

  it("hides a value without the white space around it, and without its scheme", () => {
    expect(redact("  padded-value\n", "padded-value")).toBe("⟦s⟧");
    expect(redact("Bearer abcdef123", "token abcdef123")).toBe("token ⟦s⟧");
  });
});
