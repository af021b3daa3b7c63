import http from "node:http";
import { type Listening, listen } from "./listen.ts";
import { makeWheel, type Wheel, type WheelOptions } from "./wheel.ts";

/** Further keys of a file's entry in the index (PEP 691). */
type Entry = Readonly<Record<string, unknown>>;

/** A package index whose content may be changed while it runs. */
export interface PackageIndexServer extends Listening {
  /** `METHOD path` of every request so far. */
  readonly requests: readonly string[];
  /** Offers a wheel that is made for the test. */
  add(name: string, version: string, options?: WheelOptions, entry?: Entry): Wheel;
  /** Lists a file without offering it. */
  list(name: string, filename: string, entry?: Entry): void;
  /** Puts other bytes in the place of a file; the index goes on to promise the old ones, unless `admits`. */
  replace(wheel: Wheel, data: Wheel, admits: boolean): void;
  /** From now on answers for paths that match stay half sent, until the function it gives is called. */
  hold(path: RegExp): () => void;
}

interface Listed extends Entry {
  readonly filename: string;
  readonly hashes: Readonly<Record<string, string>>;
}

export async function startPackageIndex(): Promise<PackageIndexServer> {
  const requests: string[] = [];
  const projects = new Map<string, Listed[]>();
  const files = new Map<string, Buffer>();
  let held: { readonly path: RegExp; readonly released: Promise<void> } | null = null;

  const listening = await listen(
    http.createServer((request, response) => {
      const path = request.url ?? "/";
      requests.push(`${request.method} ${path}`);
      const [, kind, name = ""] = path.split("/");
      const body = kind === "simple" ? page(name) : files.get(decodeURIComponent(name));
      if (!body) {
        response.writeHead(404).end("not here");
        return;
      }
      const type = kind === "simple" ? "application/vnd.pypi.simple.v1+json" : "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-length": body.length });
      const half = Math.floor(body.length / 2);
      if (held?.path.test(path)) {
        response.write(body.subarray(0, half));
        void held.released.then(() => response.end(body.subarray(half)));
      } else response.end(body);
    }),
  );

  function page(name: string): Buffer | undefined {
    const listed = projects.get(name);
    if (!listed) return undefined;
    return Buffer.from(
      JSON.stringify({
        meta: { "api-version": "1.1" },
        name,
        files: listed.map((file) => ({ url: `../../files/${file.filename}`, ...file })),
      }),
    );
  }

  function list(name: string, filename: string, entry: Entry = {}): void {
    const project = name.replaceAll("_", "-").toLowerCase();
    projects.set(project, [...(projects.get(project) ?? []), { hashes: {}, filename, ...entry }]);
  }

  return {
    ...listening,
    requests,
    list,
    add(name, version, options, entry = {}) {
      const wheel = makeWheel(name, version, options);
      files.set(wheel.filename, wheel.data);
      files.set(`${wheel.filename}.metadata`, Buffer.from(wheel.metadata));
      list(name, wheel.filename, { hashes: { sha256: wheel.sha256 }, "core-metadata": true, ...entry });
      return wheel;
    },
    replace(wheel, { data, sha256 }, admits) {
      files.set(wheel.filename, data);
      if (!admits) return;
      for (const [name, listed] of projects)
        projects.set(
          name,
          listed.map((file) => (file.filename === wheel.filename ? { ...file, hashes: { sha256 } } : file)),
        );
    },
    hold(path) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { path, released: promise };
      return () => {
        held = null;
        resolve();
      };
    },
  };
}
