import http from "node:http";
import https from "node:https";
import type { Certificate } from "./certificates.ts";
import { type Listening, listen } from "./listen.ts";
import { bodyText } from "./request-body.ts";

/** One call of Slack's Web API as it arrived. */
export interface SlackCall {
  /** E.g. `chat.postMessage`. */
  readonly method: string;
  readonly httpMethod: string;
  readonly token: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Slack's Web API as far as the tests use it, on this machine. */
export interface SlackServer extends Listening {
  /** What `WebClient(base_url=…)` wants. */
  readonly baseUrl: string;
  readonly calls: readonly SlackCall[];
}

/** `team`: token → the name of the workspace it belongs to; any other token is answered with `invalid_auth`. */
export async function startSlack(
  team: Readonly<Record<string, string>>,
  certificate?: Certificate,
): Promise<SlackServer> {
  const calls: SlackCall[] = [];
  const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://slack");
    const body = await bodyText(request);
    const authorization = request.headers.authorization ?? "";
    const call: SlackCall = {
      method: url.pathname.replace(/^\/api\//, ""),
      httpMethod: request.method ?? "",
      token: /^Bearer (.+)$/.exec(authorization)?.[1] ?? null,
      fields: {
        ...Object.fromEntries(url.searchParams),
        ...readFields(body, request.headers["content-type"]),
      },
    };
    calls.push(call);
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(answer(call, team, calls.length)));
  };
  const server = certificate ? https.createServer(certificate, handle) : http.createServer(handle);
  const listening = await listen(server);
  const scheme = certificate ? "https" : "http";
  return { ...listening, calls, baseUrl: `${scheme}://127.0.0.1:${listening.port}/api/` };
}

function readFields(body: string, contentType = ""): Record<string, unknown> {
  if (body === "") return {};
  if (contentType.startsWith("application/json")) return JSON.parse(body);
  return Object.fromEntries(new URLSearchParams(body));
}

function answer({ method, token, fields }: SlackCall, team: Readonly<Record<string, string>>, count: number) {
  if (token === null) return { ok: false, error: "not_authed" };
  const workspace = team[token];
  if (workspace === undefined) return { ok: false, error: "invalid_auth" };
  const ts = `1700000000.${String(count).padStart(6, "0")}`;
  if (method === "auth.test") return { ok: true, team: workspace, user: "runnel", user_id: "U0123" };
  if (method === "chat.postMessage") {
    if (!fields.channel) return { ok: false, error: "channel_not_found" };
    const message = { type: "message", user: "U0123", text: fields.text, ts };
    return { ok: true, channel: "C0123", ts, message };
  }
  return { ok: false, error: "unknown_method" };
}
