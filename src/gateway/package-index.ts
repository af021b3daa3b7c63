import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { describeError } from "./errors.ts";
import { decodeBody } from "./http-request.ts";
import { PackageError } from "./package-errors.ts";
import type { PackageSource } from "./package-source.ts";
import { readSimplePage, type SimplePage, simpleAccept } from "./simple-page.ts";

/** The package index behind its cache of answers. */
export interface PackageIndex {
  /**
   * What the index says about a project. `stale: true` takes a kept answer of any age. Throws PackageError:
   * `PackageNotFound`, or `IndexUnreachable` where no answer is kept either.
   */
  project(
    name: string,
    options: { readonly stale: boolean; readonly signal: AbortSignal },
  ): Promise<SimplePage>;
}

interface Answer {
  readonly at: number;
  readonly page: SimplePage;
}

const maxPageBytes = 128 * 1024 * 1024;
/** Answers in memory; the others are read from disk. */
const maxInMemory = 64;
/** After a failure the index is left alone for this long where a kept answer will do. */
const restMs = 30_000;

export function createPackageIndex(options: {
  readonly indexUrl: () => Promise<URL>;
  readonly source: PackageSource;
  readonly folder: string;
  readonly freshMs: number;
}): PackageIndex {
  const memory = new Map<string, Answer>();
  let restUntil = 0;

  async function fileOf(name: string): Promise<string> {
    const { origin, pathname } = await options.indexUrl();
    const index = createHash("sha256")
      .update(origin + pathname)
      .digest("hex")
      .slice(0, 16);
    return path.join(options.folder, "index", index, `${name}.json`);
  }

  async function kept(name: string): Promise<Answer | null> {
    const known = memory.get(name);
    if (known) return known;
    const text = await readFile(await fileOf(name), "utf8").catch(() => null);
    // Written by us and renamed into place: it is there whole or not at all.
    return text === null ? null : (JSON.parse(text) as Answer);
  }

  async function keep(name: string, answer: Answer): Promise<void> {
    memory.delete(name);
    memory.set(name, answer);
    const oldest = memory.keys().next();
    if (memory.size > maxInMemory && !oldest.done) memory.delete(oldest.value);
    const file = await fileOf(name);
    const draft = `${file}.${process.pid}.draft`;
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      .then(() => writeFile(draft, JSON.stringify(answer)))
      .then(() => rename(draft, file))
      .catch(() => undefined);
  }

  async function ask(name: string, signal: AbortSignal): Promise<SimplePage> {
    const index = await options.indexUrl();
    const { response, url } = await options
      .source(pageUrl(index, name), { accept: simpleAccept }, signal)
      .catch((error: unknown) => {
        const { code, message } = describeError(error);
        throw new PackageError(
          "IndexUnreachable",
          `The package index at ${index.host} can't be reached (${code}): ${message}`,
        );
      });
    const status = response.statusCode ?? 0;
    if (status !== 200) {
      response.destroy();
      if (status === 404 || status === 410) {
        throw new PackageError(
          "PackageNotFound",
          `The package index at ${index.host} has no package ${name}.`,
        );
      }
      throw new PackageError("IndexUnreachable", refusedText(index.host, status));
    }
    try {
      const text = await readText(decodeBody(response).body);
      url.username = "";
      url.password = "";
      return readSimplePage(text, response.headers["content-type"] ?? "", name, url.href);
    } catch (error) {
      const { message } = describeError(error);
      throw new PackageError(
        "IndexUnreachable",
        `The answer of the package index at ${index.host} can't be read: ${message}`,
      );
    }
  }

  return {
    async project(name, { stale, signal }) {
      const known = await kept(name);
      const now = Date.now();
      if (known && (stale || known.at + options.freshMs > now || restUntil > now)) return known.page;
      try {
        const page = await ask(name, signal);
        await keep(name, { at: Date.now(), page });
        return page;
      } catch (error) {
        const unreachable = error instanceof PackageError && error.code === "IndexUnreachable";
        if (!unreachable || signal.aborted) throw error;
        restUntil = Date.now() + restMs;
        if (known) return known.page;
        throw error;
      }
    },
  };
}

/** `{package_name}` in the index's address is replaced, as micropip does it; else the name is one more part of the path. */
function pageUrl(index: URL, name: string): string {
  const placeholder = /%7Bpackage_name%7D/gi;
  if (placeholder.test(index.href)) return index.href.replace(placeholder, name);
  return `${index.href.replace(/\/+$/, "")}/${name}/`;
}

function refusedText(host: string, status: number): string {
  return status === 401 || status === 403
    ? `The package index at ${host} wants a sign-in (${status}): give it as https://USER:PASSWORD@HOST/… in --index-url or PIP_INDEX_URL.`
    : `The package index at ${host} answered with status ${status}.`;
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxPageBytes) throw new Error("it is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
