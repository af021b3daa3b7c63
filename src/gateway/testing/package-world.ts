import { randomBytes } from "node:crypto";
import { PACKAGES_PATH } from "../protocol.ts";
import { sha256, simplePage, type TestIndex } from "./index-server.ts";
import type { TestGateway } from "./page.ts";

/** The one wheel of these tests: larger than what is held back until its hash is known. */
export const wheel = "thing-1.0-py3-none-any.whl";
export const content = randomBytes(1024 * 1024);
export const metadata = "Metadata-Version: 2.1\nName: thing\n";

/** Has the index list the one wheel, with these hashes. */
export function serveThing(index: TestIndex, hashes: Readonly<Record<string, string>>): void {
  const file = {
    filename: wheel,
    url: `../../files/${wheel}`,
    hashes,
    size: content.length,
    "requires-python": ">=3.10",
    "core-metadata": { sha256: sha256(metadata) },
  };
  index.answers.set("/simple/thing/", simplePage("thing", [file]));
  index.answers.set(`/files/${wheel}`, { body: content });
  index.answers.set(`/files/${wheel}.metadata`, { body: metadata });
}

interface Page {
  readonly files: readonly { readonly filename: string; readonly url: string }[];
}

/** What the gateway says about a project; throws where it is no page. */
export async function simple(gateway: TestGateway, name = "thing"): Promise<Page> {
  const response = await gateway.api(`${PACKAGES_PATH}simple/${name}/`);
  const type = response.headers.get("content-type");
  if (type === "application/vnd.pypi.simple.v1+json") return (await response.json()) as Page;
  throw new Error(`${response.status} ${type}: ${await response.text()}`);
}

/** Where the page finds the one file. */
export async function fileRoute(gateway: TestGateway): Promise<string> {
  const [file] = (await simple(gateway)).files;
  return new URL(file?.url ?? "", `${gateway.origin}${PACKAGES_PATH}simple/thing/`).pathname;
}

/** Status, code and message of a refusal. */
export async function problem(response: Response): Promise<unknown> {
  return { status: response.status, ...((await response.json()) as object) };
}

/** Of the whole body. */
export async function hashOf(response: Response): Promise<string> {
  return sha256(Buffer.from(await response.arrayBuffer()));
}
