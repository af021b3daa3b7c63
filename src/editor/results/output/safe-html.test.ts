// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { documentOf } from "./safe-html.ts";

/** What follows our own head. */
const rest = (html: string) => documentOf(html).replace(/^[\s\S]*?<\/style>/, "");

describe("HTML of a step", () => {
  test("the policy stands before everything else", () => {
    expect(documentOf("<b>hi</b>")).toMatch(
      /^<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
    );
  });

  test("text, tables, styles and images as data stay", () => {
    const html =
      '<style>b{color:red}</style><table class="x"><tbody><tr><td style="color:blue">1</td></tr></tbody></table><img src="data:image/png;base64,AA==">';
    const shown = rest(html);
    for (const kept of ["b{color:red}", '<td style="color:blue">1</td>', 'src="data:image/png;base64,AA=="'])
      expect(shown).toContain(kept);
  });

  test.each([
    '<link rel="preconnect" href="https://evil.test">',
    '<meta http-equiv="refresh" content="0;url=https://evil.test">',
    '<base href="https://evil.test/">',
    '<a href="https://evil.test" ping="https://evil.test">x</a>',
    '<img src="https://evil.test/x.png" srcset="https://evil.test/y.png 2x" onerror="fetch(`https://evil.test`)">',
    '<form action="https://evil.test"><button formaction="https://evil.test">x</button></form>',
    '<object data="https://evil.test"></object>',
    '<script src="https://evil.test"></script>',
    '<svg><a xlink:href="https://evil.test">x</a><image href="https://evil.test/x.png"/></svg>',
    '<body background="https://evil.test/x.png">',
    '<video poster="https://evil.test/x.png" src="https://evil.test/x.mp4"></video>',
  ])("nothing leads elsewhere: %s", (html) => {
    expect(rest(html)).not.toContain("evil.test");
  });
});
