import type { Page } from "@playwright/test";

/** Does something that downloads a file, and gives the file's text. */
export async function downloadedText(page: Page, action: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent("download");
  await action();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
