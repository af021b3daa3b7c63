import { expect, test } from "vitest";
import type { LockedPackage } from "../../lib/locked-package.ts";
import { newStep, newWorkflow } from "../create.ts";
import { insertStep, setPackages } from "../edits.ts";
import { usesOf } from "./package-uses.ts";

const locked = (name: string, asked: string[], requires: string[] = []): LockedPackage => ({
  name,
  version: "1",
  sha256: "0".repeat(64),
  filename: `${name}-1-py3-none-any.whl`,
  source: "index",
  asked,
  requires,
});

function uses(code: string, asked: string): boolean {
  const empty = newWorkflow();
  const workflow = insertStep(empty, 0, newStep({ workflow: empty, title: "", code, apps: [] }));
  return usesOf(workflow, locked("x", [asked])).steps.length > 0;
}

test.each([
  ["import bs4", "bs4", true],
  ["import json, bs4 as soup", "bs4", true],
  ["    from bs4 import BeautifulSoup", "bs4", true],
  ["import bs4.element", "bs4", true],
  ["from google.cloud import storage", "google.cloud.storage", true],
  ["from google.cloud import (bigquery, storage)", "google.cloud.storage", true],
  ["from google.cloud.storage import Client", "google.cloud.storage", true],
  ["importlib.import_module('bs4')", "bs4", true],
  ["# pipedream add-package python-slugify==8.0.4", "python-slugify==8.0.4", true],
  ['#   "requests[socks]>=2",', "requests[socks]>=2", true],
  ["import bs4ever", "bs4", false],
  ["# import bs4", "bs4", false],
  ["print('import bs4')", "bs4", false],
  ["from google.cloud import bigquery", "google.cloud.storage", false],
  ["import google.cloud", "google.cloud.storage", false],
])("%s asks for %s: %s", (code, asked, expected) => {
  expect(uses(code, asked)).toBe(expected);
});

test("packages need each other", () => {
  const workflow = setPackages(newWorkflow(), [
    locked("requests", ["requests"], ["idna", "urllib3"]),
    locked("httpx", ["httpx"], ["idna"]),
    locked("idna", []),
  ]);
  const [, , idna] = workflow.packages;
  expect(idna && usesOf(workflow, idna)).toEqual({ steps: [], packages: ["requests", "httpx"] });
});
