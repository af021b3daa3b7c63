import { describe, expect, it } from "vitest";
import { MAX_CHARACTERS, MAX_LINES } from "./line-store.ts";
import { createLogBuffer } from "./log-buffer.ts";
import { MAX_LINE_LENGTH } from "./shown-line.ts";

const plain = { text: (text: string) => text, heldBack: () => 0 };
/** Hides the word `secret`, and holds back what could be its beginning. */
const hiding = {
  text: (text: string) => text.replaceAll("secret", "⟦s⟧"),
  heldBack: (text: string) =>
    [6, 5, 4, 3, 2, 1].find((n) => n < 6 && text.endsWith("secret".slice(0, n))) ?? 0,
};

const texts = (log: ReturnType<typeof createLogBuffer>) =>
  Array.from({ length: log.length }, (_, i) => log.at(i).text);

describe("createLogBuffer", () => {
  it("makes lines of pieces and shows a line that has no end yet", () => {
    const log = createLogBuffer(plain);
    log.append("stdout", "a\nb", 1);
    expect(texts(log)).toEqual(["a", "b"]);
    log.append("stdout", "c\n\nd", 2);
    expect(texts(log)).toEqual(["a", "bc", "", "d"]);
    log.end();
    expect(texts(log)).toEqual(["a", "bc", "", "d"]);
    expect(log.total).toBe(4);
  });

  it("keeps the two streams' open lines apart", () => {
    const log = createLogBuffer(plain);
    log.append("stdout", "out", 1);
    log.append("stderr", "err\n", 2);
    log.append("stdout", "put\n", 3);
    expect(texts(log)).toEqual(["err", "output"]);
  });

  it("hides a secret that arrives in pieces, at every moment", () => {
    const log = createLogBuffer(hiding);
    for (const piece of ["my se", "cr", "et is", " out\n"]) {
      log.append("stdout", piece, 1);
      expect(texts(log).join("")).not.toMatch(/se|cr/);
    }
    expect(texts(log)).toEqual(["my ⟦s⟧ is out"]);
  });

  it("shows what a carriage return leaves", () => {
    const log = createLogBuffer(plain);
    log.append("stdout", "10%\r50%\r100%\nwindows\r\n", 1);
    expect(texts(log)).toEqual(["100%", "windows"]);
  });

  it("cuts a huge line in the view and keeps it whole for the download", async () => {
    const log = createLogBuffer(hiding);
    const piece = "x".repeat(50_000);
    for (let i = 0; i < 20; i++) log.append("stdout", piece, 1);
    log.append("stdout", "sec", 1);
    log.append("stdout", "ret\nnext\n", 1);
    expect(log.length).toBe(2);
    expect(log.at(0)).toMatchObject({ text: "x".repeat(MAX_LINE_LENGTH), more: 990_000 + "⟦s⟧".length });
    const all = await log.downloadText().text();
    expect(all).toBe(`${piece.repeat(20)}⟦s⟧\nnext\n`);
  });

  it("drops old lines from the view, says how many, and keeps them for the download", async () => {
    const log = createLogBuffer(plain);
    const lines = MAX_LINES + 50_000;
    log.append("stdout", Array.from({ length: lines }, (_, i) => `${i}\n`).join(""), 1);
    expect(log.total).toBe(lines);
    expect(log.dropped).toBe(lines - log.length);
    expect(log.length).toBeLessThanOrEqual(MAX_LINES + 20_000);
    expect(log.at(log.length - 1).text).toBe(String(lines - 1));
    expect((await log.downloadText().text()).split("\n").length).toBe(lines + 1);
  });

  it("keeps the view within its characters, too", () => {
    const log = createLogBuffer(plain);
    const line = `${"x".repeat(999)}\n`;
    const count = Math.ceil((2 * MAX_CHARACTERS) / line.length);
    for (let written = 0; written < count; written += 60) log.append("stdout", line.repeat(60), 1);
    expect(log.length * line.length).toBeLessThan(1.2 * MAX_CHARACTERS);
    expect(log.length * line.length).toBeGreaterThan(0.9 * MAX_CHARACTERS);
    expect(log.at(0).text).toBe("x".repeat(999));
    expect(log.downloadHas).toBe("all");
  });

  it("gives the same lines however the text was cut into pieces", () => {
    const text = Array.from({ length: 3000 }, (_, i) => `${i} secret ${"=".repeat(i % 97)}`).join("\n");
    const whole = createLogBuffer(hiding);
    whole.append("stdout", `${text}\n`, 1);
    const pieces = createLogBuffer(hiding);
    for (let begin = 0, size = 1; begin < text.length; begin += size, size = (size * 7 + 3) % 5003)
      pieces.append("stdout", text.slice(begin, begin + size), 1);
    pieces.end();
    expect(texts(pieces)).toEqual(texts(whole));
    expect(texts(whole)[2999]).toBe(`2999 ⟦s⟧ ${"=".repeat(2999 % 97)}`);
  });

  it("keeps the beginning and the end of what is too much for a download, and says what lies between", async () => {
    const log = createLogBuffer(plain, [], 0, 1000);
    const lines = MAX_LINES + 60_000;
    for (let i = 0; i < lines; i++) log.append("stdout", `${i}\n`, 1);
    expect(log.downloadHas).toBe("ends");
    const all = (await log.downloadText().text()).split("\n");
    const gap = all.findIndex((line) => line.startsWith("…"));
    expect(all[gap]).toMatch(/^… [\d,]+ lines are left out here/);
    const before = all.slice(0, gap - 1);
    const after = all.slice(gap + 1, -1);
    expect(before.join()).toBe(Array.from(before, (_, i) => i).join());
    expect(after[0]).toBe(log.at(0).text);
    expect(after.at(-1)).toBe(String(lines - 1));
    const missing = Number(all[gap]?.replace(/\D/g, ""));
    expect(before.length + missing + after.length).toBe(lines);
  });

  it("never has the beginning of a secret in the download while the line goes on", async () => {
    const log = createLogBuffer(hiding);
    log.append("stdout", "it is sec", 1);
    expect(await log.downloadText().text()).toBe("it is ");
    log.append("stdout", "ret", 1);
    expect(await log.downloadText().text()).toBe("it is ⟦s⟧");
  });

  it("shows the end of a progress bar that never ends its line", () => {
    const log = createLogBuffer(plain);
    for (let i = 0; i <= 100_000; i++) log.append("stdout", `\r${i} of 100000`, 1);
    expect(texts(log)).toEqual(["100000 of 100000"]);
    log.append("stdout", "\r\n", 1);
    expect(texts(log)).toEqual(["100000 of 100000"]);
  });

  it("says of a huge line that was stored how much of it was not", async () => {
    const line = { stream: "stdout", text: "x".repeat(MAX_LINE_LENGTH), at: 1, more: 1234 } as const;
    const log = createLogBuffer(plain, [line]);
    expect(log.tail(1, 100_000)).toEqual([line]);
    expect(await log.downloadText().text()).toMatch(
      /^x{10000}… \(1,234 more characters were not stored\)\n$/,
    );
  });

  it("says of a stored log that the lines before are gone", async () => {
    const log = createLogBuffer(plain, [{ stream: "stdout", text: "last", at: 1 }], 10);
    expect([log.length, log.total, log.dropped, log.downloadHas]).toEqual([1, 10, 9, "view"]);
    expect(log.at(0)).toEqual({ stream: "stdout", text: "last", at: 1 });
    expect(await log.downloadText().text()).toBe("last\n");
    expect(() => log.at(1)).toThrow(RangeError);
  });

  it("gives the last lines within bounds, for storing", () => {
    const log = createLogBuffer(plain);
    log.append("stdout", "one\ntwo\nthree\n", 1);
    expect(log.tail(2, 100).map((line) => line.text)).toEqual(["two", "three"]);
    expect(log.tail(9, 7).map((line) => line.text)).toEqual(["three"]);
  });
});
