import { describe } from "vitest";
import { workflowCodec } from "../workflow/index.ts";
import { createMemoryDatabase } from "./memory-database.ts";
import { createMemoryBrowser, openMemoryStorage } from "./open-storage.ts";
import { testStorage } from "./suite/index.ts";

describe("storage in memory", () => {
  testStorage(workflowCodec, async () => {
    const browser = createMemoryBrowser();
    const database = createMemoryDatabase(browser.disk);
    return {
      openTab: () => openMemoryStorage({ workflowCodec, browser }),
      plant: (name, key, value) =>
        database.transaction([name], "readwrite", (table) => table(name).put(key, value)),
      peek: (name, key) => database.transaction([name], "readonly", (table) => table(name).get(key)),
      shelf: browser.shelf,
    };
  });
});
