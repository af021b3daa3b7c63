import * as z from "zod";

/** What every stored document is wrapped in. */
export interface DocumentEnvelope {
  readonly format: string;
  /** Counts up from 1. */
  readonly version: number;
  readonly data: unknown;
}

export type ReadDocument<T> =
  | { readonly kind: "ok"; readonly value: T }
  /** Written by a later version of the program; `value` is what of it can be understood, null if nothing. */
  | { readonly kind: "newer-version"; readonly version: number; readonly value: T | null }
  | { readonly kind: "corrupt"; readonly message: string };

/** Reads and writes one kind of document in its envelope. */
export interface DocumentCodec<T> {
  readonly format: string;
  readonly version: number;
  /** Never throws and never changes `raw`. */
  read(raw: unknown): ReadDocument<T>;
  write(value: T): DocumentEnvelope;
}

/** Makes the data of the next version out of one version's; pure. */
export type Migration = (data: unknown) => unknown;

const envelopeSchema = z.object({
  format: z.string(),
  version: z.int().min(1),
  data: z.unknown().optional(),
});

/**
 * A codec whose version follows from its migrations: the first leads from version 1 to 2, the second from 2 to 3. So
 * there can't be a gap, and the version can't be forgotten.
 */
export function createDocumentCodec<T>(options: {
  readonly format: string;
  readonly schema: z.ZodType<T>;
  readonly migrations: readonly Migration[];
}): DocumentCodec<T> {
  const { format, schema, migrations } = options;
  const version = migrations.length + 1;

  const read = (raw: unknown): ReadDocument<T> => {
    const envelope = envelopeSchema.safeParse(raw);
    if (!envelope.success || envelope.data.format !== format)
      return { kind: "corrupt", message: `This is not a document of the format "${format}".` };
    const written = envelope.data.version;
    let data: unknown;
    try {
      data = migrations.slice(written - 1).reduce((older, migrate) => migrate(older), envelope.data.data);
    } catch (error) {
      return { kind: "corrupt", message: `Version ${written} could not be brought to ${version}: ${error}` };
    }
    const parsed = schema.safeParse(data);
    if (written > version)
      return { kind: "newer-version", version: written, value: parsed.success ? parsed.data : null };
    if (!parsed.success) return { kind: "corrupt", message: problemOf(parsed.error) };
    return { kind: "ok", value: parsed.data };
  };

  return { format, version, read, write: (data) => ({ format, version, data }) };
}

/** The first thing that is wrong: `steps[2].code: Invalid input: expected string, received undefined`. */
function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "The data is not as expected.";
  const path = issue.path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}
