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
}

export const usage = `Runnel: a workflow editor in the browser, and the gateway its Python steps reach the network through.

  npm start -- [options]

  --open            open the page in the browser
  --port NUMBER     listen on this port (also: the environment variable PORT); else 7411 or the next free one
  --dev             serve the sources with Vite's hot reload instead of the build
  --index-url URL   take Python packages from this index (also: the environment variable PIP_INDEX_URL)
  --host ADDRESS    127.0.0.1 (as is) or ::1
  --help            this text
`;

/** Reads the arguments and `PORT`. Throws an Error whose message says what is wrong with them. */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h", default: false },
      open: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      port: { type: "string" },
      host: { type: "string" },
      "index-url": { type: "string" },
    },
  });
  return {
    help: values.help,
    open: values.open,
    dev: values.dev,
    port: readPort(values.port, "--port") ?? readPort(env.PORT, "PORT"),
    host: values.host ?? null,
    indexUrl: readUrl(values["index-url"]),
  };
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
