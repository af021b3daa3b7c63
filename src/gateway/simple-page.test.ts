// @vitest-environment node
import { describe, expect, test } from "vitest";
import { contentKey, metadataHashes, normalizedName, readSimplePage, sha256Of } from "./simple-page.ts";

const base = "https://index.test/simple/thing/";
const hash = "0123456789abcdef".repeat(4);

describe("an HTML page", () => {
  const read = (html: string) => readSimplePage(html, "text/html", "thing", base).files;

  test("gives name, absolute address, hash, what Python it needs, metadata and whether it was yanked", () => {
    const files = read(`<!DOCTYPE html><html><body><h1>Links for thing</h1>
      <a href="../../files/thing-1.0-py3-none-any.whl#sha256=${hash}" data-requires-python="&gt;=3.8,&lt;4" data-core-metadata="sha256=${hash}">thing-1.0-py3-none-any.whl</a><br/>
      <a data-yanked="broken" href='https://files.test/thing-0.9.tar.gz'>
        thing-0.9.tar.gz
      </a>
      <a href="thing-0.8.tar.gz" data-yanked data-dist-info-metadata="true">thing-0.8.tar.gz</a>
    </body></html>`);
    expect(files).toMatchObject([
      {
        filename: "thing-1.0-py3-none-any.whl",
        url: "https://index.test/files/thing-1.0-py3-none-any.whl",
        hashes: { sha256: hash },
        "requires-python": ">=3.8,<4",
        "core-metadata": { sha256: hash },
        yanked: false,
      },
      {
        filename: "thing-0.9.tar.gz",
        url: "https://files.test/thing-0.9.tar.gz",
        hashes: {},
        yanked: "broken",
      },
      { url: "https://index.test/simple/thing/thing-0.8.tar.gz", yanked: true, "core-metadata": true },
    ]);
  });

  test("with an unescaped > in an attribute is read all the same", () => {
    expect(read('<a href="a-1.whl" data-requires-python=">=3.9">a-1.whl</a>')).toMatchObject([
      { filename: "a-1.whl", "requires-python": ">=3.9" },
    ]);
  });

  test("with entities in its address is read", () => {
    expect(read('<a href="a-1.whl?x=1&amp;y=2&#x26;z=3">a-1.whl</a>')[0]?.url).toBe(
      `${base}a-1.whl?x=1&y=2&z=3`,
    );
  });

  test("without links has no files, and a long broken one takes no time", () => {
    expect(read("<h1>Nothing here</h1>")).toEqual([]);
    expect(read(`<a ${"a ".repeat(50_000)}`)).toEqual([]);
    expect(read(`<a ${'a="b" '.repeat(20_000)}<`)).toEqual([]);
  });
});

describe("a JSON page", () => {
  const read = (page: unknown) =>
    readSimplePage(JSON.stringify(page), "application/vnd.pypi.simple.v1+json", "thing", base);

  test("is taken over, with absolute addresses and without what nobody needs", () => {
    const page = read({
      meta: { "api-version": "1.1" },
      name: "thing",
      versions: ["1.0"],
      files: [
        {
          filename: "t.whl",
          url: "t.whl",
          hashes: { sha256: hash },
          size: 3,
          provenance: "https://elsewhere.test/p",
        },
      ],
    });
    expect(page).toEqual({
      meta: { "api-version": "1.1" },
      name: "thing",
      versions: ["1.0"],
      files: [{ filename: "t.whl", url: `${base}t.whl`, hashes: { sha256: hash }, size: 3 }],
    });
  });

  test.each([
    {},
    { files: [] },
    [],
    "text",
    { meta: { "api-version": "1.0" }, name: "x", files: [{ url: 1 }] },
  ])("that is none is an error: %j", (page) => expect(() => read(page)).toThrow());
});

test.each([
  ["Slack_SDK", "slack-sdk"],
  ["ruamel.yaml", "ruamel-yaml"],
  ["a--b__c..d", "a-b-c-d"],
  ["requests", "requests"],
  ["../etc", null],
  ["-x", null],
  ["x-", null],
  ["a/b", null],
  ["", null],
  ["ä", null],
])("the one name of %j is %j", (name, normal) => expect(normalizedName(name)).toBe(normal));

test("metadata is there with hashes, without, or not at all", () => {
  const file = { filename: "a", url: "https://a.test/a", hashes: {} };
  expect(metadataHashes({ ...file, "core-metadata": { sha256: hash } })).toEqual({ sha256: hash });
  expect(metadataHashes({ ...file, "dist-info-metadata": true })).toEqual({});
  expect(metadataHashes({ ...file, "core-metadata": false, "dist-info-metadata": true })).toBeNull();
  expect(metadataHashes(file)).toBeNull();
});

test("only a whole sha256 is one", () => {
  expect(sha256Of({ sha256: hash.toUpperCase() })).toBe(hash);
  expect(sha256Of({ sha256: "abc" })).toBeNull();
  expect(sha256Of({ md5: hash })).toBeNull();
  expect(contentKey(hash, "https://a.test/")).toBe(hash);
  expect(contentKey(null, "https://a.test/")).toMatch(/^u[\da-f]{64}$/);
});
