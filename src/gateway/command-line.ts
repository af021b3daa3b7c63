import { parseArgs } from "node:util";

/** What the command was asked to do. */
export interface Command {
  readonly help: boolean;
  readonly open: boolean;
  readonly dev: boolean;
  /** Null: the default port or the next free one. */
  readonly port: number | null;
  readonly host: string | null;
  readonly indexUrl: string | null;
  readonly passwordFile: string | null;
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  readonly publicUrl: string | null;
}

export const usage = `Runnel: a workflow editor in the browser, and the gateway its Python steps reach the network through.

  npm start -- [options]

  --open            open the page in the browser
  --port NUMBER     listen on this port (also: the environment variable PORT); else 7411 or the next free one
  --dev             serve the sources with Vite's hot reload instead of the build
  --index-url URL   take Python packages from this index (also: the environment variable PIP_INDEX_URL)
  --help            this text

To reach it from other machines (they sign in, and steps reach public addresses only):

  --host ADDRESS        listen on this address of the machine, or 0.0.0.0 for all; else 127.0.0.1
  --password-file FILE  the access password (also: the environment variable RUNNEL_PASSWORD)
  --tls-cert FILE       certificate and private key, PEM: the page needs https when it comes from another machine
  --tls-key FILE
  --public-url URL      the page's https address at a proxy that speaks TLS for it
`;

/** Reads the arguments and `PORT`. Throws an Error whose message says what is wrong with them. */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  refusePassword(args);
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h", default: false },
      open: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      port: { type: "string" },
      host: { type: "string" },
      "index-url": { type: "string" },
      "password-file": { type: "string" },
      "tls-cert": { type: "string" },
      "tls-key": { type: "string" },
      "public-url": { type: "string" },
    },
  });
  const [tlsCert = null, tlsKey = null] = [values["tls-cert"], values["tls-key"]];
  if ((tlsCert === null) !== (tlsKey === null))
    throw new Error("--tls-cert and --tls-key belong together: give both or none.");
  return {
    help: values.help,
    open: values.open,
    dev: values.dev,
    port: readPort(values.port, "--port") ?? readPort(env.PORT, "PORT"),
    host: values.host ?? null,
    indexUrl: readUrl(values["index-url"]),
    passwordFile: values["password-file"] ?? null,
    tlsCert,
    tlsKey,
    publicUrl: values["public-url"] ?? null,
  };
}

/** Whoever may list this machine's processes sees their arguments. */
function refusePassword(args: readonly string[]): void {
  if (!args.some((arg) => /^--password(=|$)/.test(arg))) return;
  throw new Error(
    "A password doesn't go on the command line, where others can see it: use the environment variable RUNNEL_PASSWORD or --password-file FILE. The one given now should not be used any more.",
  );
}

function readPort(text: string | undefined, source: string): number | null {
  if (text === undefined || text === "") return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${source} must be a number from 0 to 65535, not "${text}".`);
}

function readUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new Error("--index-url must be an http or https address.");
}
