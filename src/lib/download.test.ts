// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { downloadText, fileNameOf } from "./download.ts";

afterEach(() => vi.restoreAllMocks());

test("downloadText clicks a link to the text under the file's name", async () => {
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return "blob:here";
  });
  const clicked: [string, string][] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push([this.download, this.href]);
  });

  downloadText("a.json", "{}\n", "application/json");

  expect(clicked).toEqual([["a.json", "blob:here"]]);
  expect(await blobs[0]?.text()).toBe("{}\n");
  expect(blobs[0]?.type).toBe("application/json;charset=utf-8");
  expect(document.body.children).toHaveLength(0);
});

test.each([
  ["Release notes → Slack!", "release-notes-slack.json"],
  ["Überblick 2026", "überblick-2026.json"],
  ["../../etc/passwd", "etc-passwd.json"],
  ["…", "untitled.json"],
])("the file of %j is %s", (name, file) => expect(fileNameOf(name, "json")).toBe(file));
