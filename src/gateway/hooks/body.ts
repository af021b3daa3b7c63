/** A file of a form, as the event has it. */
interface FormFile {
  readonly filename: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
  /** Base64. */
  readonly content: string;
}

type FormValue = string | FormFile;

const TEXT_TYPE =
  /^text\/|[/+](xml|x?html|javascript|ecmascript|yaml|x-yaml|csv|graphql|x-ndjson|ndjson|jsonl)$/;

/**
 * The body of a request as `event["body"]` has it. JSON and both kinds of forms become values where the content type says so; like the
 * original, JSON that curl sends as a form (`curl -d '{"a": 1}'`) or without a type is JSON too. What can't be read as its type says
 * stays text; what is no text is base64.
 */
export async function readBody(
  bytes: Buffer<ArrayBuffer>,
  contentType: string | undefined,
): Promise<unknown> {
  if (bytes.length === 0) return null;
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data")
    return (await readMultipart(bytes, contentType ?? "")) ?? textOrBase64(bytes);
  const text = decode(bytes, /;\s*charset="?([\w-]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8");
  if (text === null) return bytes.toString("base64");
  const isForm = type === "application/x-www-form-urlencoded";
  if (/[/+]json$/.test(type) || ((isForm || type === "") && /^\s*[[{]/.test(text))) {
    const parsed = parseJson(text);
    if (parsed !== undefined) return parsed;
  }
  if (isForm) return gathered([...new URLSearchParams(text)]);
  return TEXT_TYPE.test(type) || !text.includes("\0") ? text : bytes.toString("base64");
}

/** Values by name; those of one name as a list. */
export function gathered<Value>(
  pairs: readonly (readonly [string, Value])[],
): Record<string, Value | Value[]> {
  const found = new Map<string, Value[]>();
  for (const [name, value] of pairs) found.set(name, [...(found.get(name) ?? []), value]);
  return Object.fromEntries(
    [...found].map(([name, values]) => {
      const [only] = values;
      return [name, values.length === 1 && only !== undefined ? only : values];
    }),
  );
}

/** Null where it is no such form. */
async function readMultipart(
  bytes: Buffer<ArrayBuffer>,
  contentType: string,
): Promise<Record<string, FormValue | FormValue[]> | null> {
  const form = await new Response(bytes, { headers: { "content-type": contentType } })
    .formData()
    .catch(() => null);
  if (form === null) return null;
  const pairs: (readonly [string, FormValue])[] = [];
  for (const [name, value] of form)
    pairs.push([name, typeof value === "string" ? value : await fileOf(value)]);
  return gathered(pairs);
}

async function fileOf(file: File): Promise<FormFile> {
  return {
    filename: file.name,
    mimetype: file.type,
    size: file.size,
    content: Buffer.from(await file.arrayBuffer()).toString("base64"),
  };
}

function textOrBase64(bytes: Buffer): string {
  return decode(bytes, "utf-8") ?? bytes.toString("base64");
}

/** Null for what is no text in that charset, or a charset that nobody knows. */
function decode(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
