import type { PyodideAPI } from "pyodide";

/** Length of the index, a 32-bit number, comes first. */
const HEAD = 4;

/** Folder → its files and their sizes, in the order in which their bytes follow. */
type Index = readonly (readonly [
  folder: string,
  files: readonly (readonly [name: string, size: number])[],
])[];

/** All files below a folder of the interpreter, in one piece. */
export function packFiles({ FS: files }: PyodideAPI, top: string): Blob {
  const index: [string, [string, number][]][] = [];
  const contents: Uint8Array<ArrayBuffer>[] = [];
  const visit = (folder: string) => {
    const own: [string, number][] = [];
    index.push([folder, own]);
    const inner: string[] = [];
    for (const name of files.readdir(folder) as string[]) {
      if (name === "." || name === "..") continue;
      const path = `${folder}/${name}`;
      if (files.isDir(files.stat(path).mode)) inner.push(path);
      else {
        const bytes = files.readFile(path) as Uint8Array<ArrayBuffer>;
        own.push([name, bytes.length]);
        contents.push(bytes);
      }
    }
    inner.forEach(visit);
  };
  visit(top);
  const text = new TextEncoder().encode(JSON.stringify(index satisfies Index));
  return new Blob([Uint32Array.of(text.length), text, ...contents]);
}

/** Puts back what `packFiles` packed. The files lie in `packed` from then on: nothing is copied. */
export function unpackFiles({ FS: files }: PyodideAPI, packed: ArrayBuffer): void {
  const length = new DataView(packed).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, HEAD, length))) as Index;
  let offset = HEAD + length;
  for (const [folder, own] of index) {
    files.mkdirTree(folder);
    for (const [name, size] of own) {
      files.writeFile(`${folder}/${name}`, new Uint8Array(packed, offset, size), { canOwn: true });
      offset += size;
    }
  }
}
