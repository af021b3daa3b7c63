import { createHash } from "node:crypto";
import { z } from "zod";

const metadataFlag = z.union([z.boolean(), z.record(z.string(), z.string())]);

const fileSchema = z.object({
  filename: z.string(),
  url: z.string(),
  hashes: z.record(z.string(), z.string()).default({}),
  "requires-python": z.string().nullish(),
  "core-metadata": metadataFlag.nullish(),
  "dist-info-metadata": metadataFlag.nullish(),
  yanked: z.union([z.boolean(), z.string()]).nullish(),
  size: z.number().nullish(),
  "upload-time": z.string().nullish(),
});

const pageSchema = z.object({
  meta: z.looseObject({ "api-version": z.string() }),
  name: z.string(),
  versions: z.array(z.string()).optional(),
  files: z.array(fileSchema),
});

/** One file of a project as the index lists it (PEP 691, PEP 714); `url` is absolute. */
export type IndexFile = z.infer<typeof fileSchema>;
/** What an index says about one project. */
export type SimplePage = z.infer<typeof pageSchema>;

/** What is asked of an index: the JSON form if it has it, else the HTML one. */
export const simpleAccept =
  "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

/** Reads either form of an index's answer. Throws when it is neither. `base`: the address it came from. */
export function readSimplePage(text: string, contentType: string, name: string, base: string): SimplePage {
  const page = /json/i.test(contentType)
    ? pageSchema.parse(JSON.parse(text))
    : { meta: { "api-version": "1.0" }, name, files: filesOfHtml(text) };
  const files = page.files.filter((file) => URL.canParse(file.url, base));
  return { ...page, files: files.map((file) => ({ ...file, url: new URL(file.url, base).href })) };
}

/** A project's name in the one form that all its spellings share (PEP 503); null for what can't be one. */
export function normalizedName(name: string): string | null {
  if (!/^[a-z\d]([a-z\d._-]{0,200}[a-z\d])?$/i.test(name)) return null;
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** The file's sha256 where the index gives one, lower case. */
export function sha256Of(hashes: Readonly<Record<string, string>>): string | null {
  const hash = hashes.sha256?.toLowerCase() ?? "";
  return /^[\da-f]{64}$/.test(hash) ? hash : null;
}

/** Under which name bytes are kept: their sha256, or a digest of their address where the index gives none. */
export function contentKey(sha256: string | null, url: string): string {
  return sha256 ?? `u${createHash("sha256").update(url).digest("hex")}`;
}

/** The metadata file's own hashes, `{}` where the index has it without, null where it has none (PEP 658). */
export function metadataHashes(file: IndexFile): Readonly<Record<string, string>> | null {
  const flag = file["core-metadata"] ?? file["dist-info-metadata"];
  if (flag === undefined || flag === null || flag === false) return null;
  return flag === true ? {} : flag;
}

const anchor = /<a((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>([^<]*)<\/a\s*>/gi;
const attribute = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** The links of a PEP 503 page. */
function filesOfHtml(html: string): IndexFile[] {
  return [...html.matchAll(anchor)].flatMap(([, attributes = "", text = ""]) => {
    const given = new Map(
      [...attributes.matchAll(attribute)].map(([, name = "", double, single, bare]) => [
        name.toLowerCase(),
        unescapeHtml(double ?? single ?? bare ?? ""),
      ]),
    );
    const href = given.get("href");
    if (href === undefined) return [];
    const [url = "", fragment = ""] = href.split("#");
    const metadata = given.get("data-core-metadata") ?? given.get("data-dist-info-metadata");
    return {
      filename: unescapeHtml(text).trim(),
      url,
      hashes: readHash(fragment) ?? {},
      "requires-python": given.get("data-requires-python") ?? null,
      yanked: given.has("data-yanked") ? given.get("data-yanked") || true : false,
      ...(metadata === undefined ? {} : { "core-metadata": readHash(metadata) ?? true }),
    };
  });
}

/** `sha256=0123…` as an object. */
function readHash(text: string): Record<string, string> | null {
  const match = /(?:^|&)(\w+)=([\da-f]+)/i.exec(text);
  return match?.[1] && match[2] ? { [match[1].toLowerCase()]: match[2] } : null;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeHtml(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
