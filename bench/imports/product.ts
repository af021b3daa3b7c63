import type { Page } from "@playwright/test";
import type { LockedPackage } from "../../src/lib/locked-package.ts";

/** Everything that the browser's profile keeps for a workflow's next visit. */
export interface Kept {
  readonly workflowId: string;
  readonly bytes: number;
  readonly packages: readonly LockedPackage[];
}

/** Waits until the workflow on the page has a snapshot. */
export async function waitUntilKept(page: Page): Promise<Kept> {
  const workflowId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const kept = await page.waitForFunction(
    async (id) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open("runnel runtime"));
      const row = await done(database.transaction("snapshots").objectStore("snapshots").get(id));
      database.close();
      if (!row?.content) return null;
      const { memory, files, packages } = row.content;
      return { workflowId: id, bytes: memory.size + files.size, packages };
    },
    workflowId,
    { polling: 500, timeout: 120_000 },
  );
  return (await kept.jsonValue()) as Kept;
}

/**
 * Runs in the page, from its start: presses Test of the last step as soon as it can be pressed, and notes in `window.done` when the
 * card said Success, in milliseconds since the navigation.
 */
export function pressTest(): void {
  let pressed = false;
  let ran = false;
  const observer = new MutationObserver(look);
  function look(): void {
    const card = [...document.querySelectorAll("article")].at(-1);
    if (!card) return;
    const button = [...card.querySelectorAll("button")].find(
      ({ textContent }) => textContent?.trim() === "Test",
    );
    if (!pressed && button && !button.disabled) {
      pressed = true;
      // What React renders it with must have heard of it first.
      requestAnimationFrame(() => button.click());
    }
    const states = [...card.querySelectorAll('[role="status"]')].map(
      ({ textContent }) => textContent?.trim() ?? "",
    );
    ran ||= pressed && states.some((state) => state.startsWith("Running"));
    if (!ran || !states.some((state) => /^(Success|Failed)/.test(state))) return;
    observer.disconnect();
    if (!states.some((state) => state.startsWith("Success"))) Reflect.set(window, "failed", states.join(" "));
    // Painted, not only there.
    requestAnimationFrame(() => setTimeout(() => Reflect.set(window, "done", performance.now())));
  }
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}

/** The wheels of these packages and of others by name, as the gateway has them. */
export async function wheelsOf(
  gatewayUrl: string,
  locked: readonly LockedPackage[],
  others: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const html = await (await fetch(gatewayUrl)).text();
  const token = /name="runnel-token" content="([^"]+)"/.exec(html)?.[1] ?? "";
  const ask = async (address: string | URL) => {
    const response = await fetch(address, {
      headers: { "x-runnel-token": token, accept: "application/vnd.pypi.simple.v1+json" },
    });
    if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
    return response;
  };
  const wheels = new Map<string, Uint8Array>();
  const add = async (name: string, address: string | URL) =>
    wheels.set(name, new Uint8Array(await (await ask(address)).arrayBuffer()));
  for (const { name, sha256, filename } of locked)
    await add(filename, new URL(`/api/packages/files/${name}.${sha256}/${filename}`, gatewayUrl));
  for (const name of others) {
    const project = new URL(`/api/packages/simple/${name}/`, gatewayUrl);
    const { files } = (await (await ask(project)).json()) as { files: { filename: string; url: string }[] };
    const file = files.filter(({ filename }) => filename.endsWith("-none-any.whl")).at(-1);
    if (!file) throw new Error(`The package index has no wheel of ${name}.`);
    await add(file.filename, new URL(file.url, project));
  }
  return wheels;
}
