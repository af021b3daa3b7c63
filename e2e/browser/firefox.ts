#!/usr/bin/env node
/**
 * Stock Firefox as Playwright starts it: started with Firefox's path in RUNNEL_FIREFOX, it passes arguments and WebDriver BiDi
 * through, and answers the commands itself that an ESR of Firefox has not yet and that no test depends on.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type RawData, WebSocket, WebSocketServer } from "ws";

/** What Firefox lacks: colour scheme and the like of a context. Playwright sends it for every context and page. */
const MISSING = new Set(["emulation.setMediaFeaturesOverride"]);
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
  upstream.on("message", (data: RawData) => client.send(String(data)));
  upstream.on("close", () => client.close());
  upstream.on("error", () => client.close());
  client.on("close", () => upstream.close());
}
