import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** A wheel of a test. */
export interface Wheel {
  readonly filename: string;
  readonly data: Buffer;
  readonly sha256: string;
  /** Its METADATA file. */
  readonly metadata: string;
}

export interface WheelOptions {
  /** Text of its one module; by default one with `version`. */
  readonly source?: string;
  readonly requires?: readonly string[];
  /** Bytes of data that come along, so that its download takes a while. */
  readonly padding?: number;
  /** So many small files come along, so that its installation takes a while. */
  readonly files?: number;
}

/** A pure wheel with one module of the package's name. */
export function makeWheel(name: string, version: string, options: WheelOptions = {}): Wheel {
  const {
    source = `version = ${JSON.stringify(version)}\n`,
    requires = [],
    padding = 0,
    files = 0,
  } = options;
  const folder = `${name}-${version}.dist-info`;
  const metadata = [
    "Metadata-Version: 2.1",
    `Name: ${name}`,
    `Version: ${version}`,
    ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
    "",
  ].join("\n");
  const content = new Map<string, Buffer>([
    [`${name}.py`, Buffer.from(source)],
    [`${folder}/METADATA`, Buffer.from(metadata)],
    [`${folder}/WHEEL`, Buffer.from("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")],
  ]);
  if (padding > 0) content.set(`${name}_data/padding.bin`, Buffer.alloc(padding, version));
  for (let index = 0; index < files; index++) content.set(`${name}_data/${index}.txt`, Buffer.from("x"));
  const names = [...content.keys(), `${folder}/RECORD`];
  content.set(`${folder}/RECORD`, Buffer.from(names.map((file) => `${file},,\n`).join("")));
  const data = zip(content);
  return {
    filename: `${name}-${version}-py3-none-any.whl`,
    data,
    sha256: createHash("sha256").update(data).digest("hex"),
    metadata,
  };
}

/** A zip archive of stored (uncompressed) files: local headers, central directory, its end. */
function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(33, 8); // the first day that a zip knows
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from("PK\u0003\u0004"), fields, path, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\u0001\u0002\u0014\u0000"), fields, rest, path);
    offset += 30 + path.length + data.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from("PK\u0005\u0006"), end]);
}
