#!/usr/bin/env node
/**
 * Stock Firefox as Playwright starts it: started with Firefox's path in RUNNEL_FIREFOX, it passes arguments and WebDriver BiDi
 * through. It answers the commands itself that an ESR of Firefox has not yet and that no test depends on, and gives downloads their ids.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** What Firefox lacks: colour scheme and the like of a context. Playwright sends it for every context and page. */
const MISSING = new Set(["emulation.setMediaFeaturesOverride"]);
/** What the events of a download begin with. */
const DOWNLOAD = '"browsingContext.download';
const ANNOUNCEMENT = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const program = process.env.RUNNEL_FIREFOX;
if (!program) throw new Error("Set RUNNEL_FIREFOX to the path of Firefox.");
const firefox = spawn(program, process.argv.slice(2), { stdio: ["ignore", "inherit", "pipe"] });
firefox.once("error", (error) => {
  process.stderr.write(`${program} could not be started: ${error.message}\n`);
  process.exit(1);
});
firefox.once("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on("line", (line) => {
  const target = ANNOUNCEMENT.exec(line)?.[1];
  if (target) announce(target);
  else process.stderr.write(`${line}\n`);
});

function announce(target: string): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("listening", () => {
    const address = server.address();
    if (address === null || typeof address === "string") return;
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${address.port}\n`);
  });
  server.on("connection", (client, request) => relay(client, `${target}${request.url ?? ""}`));
}

function relay(client: WebSocket, target: string): void {
  const upstream = new WebSocket(target);
  const early: string[] = [];
  client.on("message", (data: RawData) => {
    const text = String(data);
    const { id, method } = JSON.parse(text) as { id: number; method: string };
    if (MISSING.has(method)) client.send(JSON.stringify({ type: "success", id, result: {} }));
    else if (upstream.readyState === WebSocket.OPEN) upstream.send(text);
    else early.push(text);
  });
  upstream.on("open", () => {
    for (const text of early.splice(0)) upstream.send(text);
  });
  const begun = new Map<string, BidiEvent>();
  upstream.on("message", (data: RawData) => {
    const text = String(data);
    for (const passed of text.includes(DOWNLOAD) ? withDownloadIds(text, begun) : [text]) client.send(passed);
  });
  upstream.on("close", () => client.close());
  upstream.on("error", () => client.close());
  client.on("close", () => upstream.close());
}

interface BidiEvent {
  readonly method?: string;
  readonly params?: { readonly url?: string; readonly filepath?: string; readonly download?: string };
}

/**
 * The events of a download with the id that Playwright knows it by, which an ESR does not give. That it has begun is told (`begun`, by
 * address) when it ends: only then is it known which name the file has got.
 */
function* withDownloadIds(text: string, begun: Map<string, BidiEvent>): Generator<string> {
  const event = JSON.parse(text) as BidiEvent;
  const { method, params } = event;
  const url = params?.url;
  if (url === undefined || params?.download !== undefined) yield text;
  else if (method === "browsingContext.downloadWillBegin") begun.set(url, event);
  else if (method === "browsingContext.downloadEnd") {
    const beginning = begun.get(url);
    begun.delete(url);
    const name = params?.filepath === undefined ? {} : { suggestedFilename: path.basename(params.filepath) };
    if (beginning !== undefined)
      yield JSON.stringify({ ...beginning, params: { ...beginning.params, ...name, download: url } });
    yield JSON.stringify({ ...event, params: { ...params, download: url } });
  } else yield text;
}
