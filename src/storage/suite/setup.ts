import { afterEach, beforeEach, vi } from "vitest";
import type { DocumentCodec } from "../../lib/document-codec.ts";
import { newId } from "../../lib/id.ts";
import type { Workflow } from "../../workflow/index.ts";
import type { TableName } from "../tables.ts";
import type { Storage } from "../types.ts";
import type { UnsavedShelf } from "../unsaved-shelf.ts";

/** A browser whose tabs share one storage. */
export interface TestBrowser {
  openTab(): Promise<Storage>;
  /** Writes a raw value past the repositories, and reads one. */
  plant(table: TableName, key: string, value: unknown): Promise<void>;
  peek(table: TableName, key: string): Promise<unknown>;
  readonly shelf: UnsavedShelf;
}

/** What a test finds: a browser with one tab open. Tabs are closed after the test. */
export interface StorageTest {
  readonly workflowCodec: DocumentCodec<Workflow>;
  readonly browser: () => TestBrowser;
  readonly storage: () => Storage;
  openTab(): Promise<Storage>;
}

export function setUpStorage(
  workflowCodec: DocumentCodec<Workflow>,
  makeBrowser: () => Promise<TestBrowser>,
): StorageTest {
  let browser: TestBrowser | null = null;
  const tabs: Storage[] = [];
  const there = <T>(value: T | null | undefined): T => {
    if (value == null) throw new Error("Only there while a test runs.");
    return value;
  };
  const openTab = async () => {
    const tab = await there(browser).openTab();
    tabs.push(tab);
    return tab;
  };
  beforeEach(async () => {
    browser = await makeBrowser();
    await openTab();
  });
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
    vi.useRealTimers();
  });
  return { workflowCodec, browser: () => there(browser), storage: () => there(tabs[0]), openTab };
}

/** From now on it is a second later than it was. */
export function later(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 1000 });
}

/** A workflow of two steps; Slack and GitHub are attached to the first one. */
export function workflowNamed(name: string): Workflow {
  const step = { title: "", enabled: true, collapsed: false, note: "", dataStore: null };
  const apps = [
    { app: "slack", accountId: "a" },
    { app: "github", accountId: null },
  ];
  return {
    id: newId(),
    name,
    trigger: { kind: "manual", eventText: "{}", collapsed: false },
    steps: [
      { ...step, id: newId(), name: "first", code: "x = 1", apps },
      { ...step, id: newId(), name: "second", code: "", apps: [] },
    ],
    settings: { timeLimitSeconds: 30 },
    packages: [],
  };
}

export function renamed(workflow: Workflow, name: string): Workflow {
  return { ...workflow, name };
}
