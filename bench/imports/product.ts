import { expect, type Page } from "@playwright/test";
import { type KeptSnapshot, keptSnapshots } from "../../e2e/pages/database.ts";
import type { LockedPackage } from "../../src/lib/locked-package.ts";

/** Waits until the workflow on the page has a snapshot for its next visit. */
export async function waitUntilKept(page: Page): Promise<KeptSnapshot> {
  const workflowId = new URL(page.url()).pathname.split("/").at(-1);
  const kept = async () => (await keptSnapshots(page)).find((snapshot) => snapshot.workflowId === workflowId);
  await expect.poll(kept, { timeout: 120_000 }).toBeTruthy();
  const found = await kept();
  if (!found) throw new Error("The snapshot is gone again.");
  return found;
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
      requestAnimationFrame(() => {
        performance.mark("runnel: Test pressed");
        button.click();
      });
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
