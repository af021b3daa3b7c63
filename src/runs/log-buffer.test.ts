import { describe, expect, it } from "vitest";
import { createLogBuffer, MAX_LINE_LENGTH, MAX_LINES } from "./log-buffer.ts";

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
    expect(log.at(0).text.length).toBeLessThan(MAX_LINE_LENGTH + 100);
    expect(log.at(0).text).toContain("more characters");
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

  it("gives the last lines within bounds, for storing", () => {
    const log = createLogBuffer(plain);
    log.append("stdout", "one\ntwo\nthree\n", 1);
    expect(log.tail(2, 100).map((line) => line.text)).toEqual(["two", "three"]);
    expect(log.tail(9, 7).map((line) => line.text)).toEqual(["three"]);
  });
});
