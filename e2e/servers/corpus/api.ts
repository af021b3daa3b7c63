import type http from "node:http";
import { bodyText } from "../request-body.ts";

/** Who may refresh tokens at `/oauth/token`, and which token that gives. */
export interface ApiKeys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
}

const ITEMS = 100;
const RECORDS = 120;
const origin = "https://api.example.com";

/**
 * A service's API: `/items` (pages by a Link header), `/records` (pages by a cursor), `/graphql`, `/oauth/token` and `/invoices`
 * (which wants its token), `/jobs` (done when it is asked for the third time), `/hook` (a chat's incoming webhook).
 */
export function createApi(keys: ApiKeys) {
  const jobs = new Map<string, number>();
  return async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", origin);
    const body = await bodyText(request);
    const { authorization } = request.headers;
    const send = (status: number, value: unknown, headers: http.OutgoingHttpHeaders = {}) =>
      void response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    const [, what, id] = url.pathname.split("/");
    switch (what) {
      case "items":
        return send(200, ...itemsPage(url.searchParams));
      case "records":
        return send(200, recordsPage(url.searchParams));
      case "graphql": {
        const { query, variables } = JSON.parse(body);
        if (authorization !== "Bearer made-up-graphql-token" || !query.includes("repository(owner: $owner"))
          return send(200, { errors: [{ message: "Refused" }] });
        return send(200, { data: { repository: { stargazerCount: variables.name.length } } });
      }
      case "oauth": {
        const basic = Buffer.from(`${keys.clientId}:${keys.clientSecret}`).toString("base64");
        const asked = new URLSearchParams(body);
        if (authorization !== `Basic ${basic}` || asked.get("refresh_token") !== "made-up-refresh-token")
          return send(400, { error: "invalid_client" });
        return send(200, { access_token: keys.accessToken, token_type: "Bearer", expires_in: 3600 });
      }
      case "invoices":
        if (authorization !== `Bearer ${keys.accessToken}`) return send(401, { error: "expired" });
        return send(200, [{ number: "R-1", paid: false }]);
      case "jobs": {
        if (request.method === "POST") {
          const taskId = `job-${jobs.size + 1}`;
          jobs.set(taskId, 0);
          return send(202, { taskId });
        }
        const asked = (jobs.get(id ?? "") ?? 0) + 1;
        jobs.set(id ?? "", asked);
        return send(200, {
          status: asked < 3 ? "RUNNING" : "COMPLETED",
          progress: Math.min(100, asked * 40),
        });
      }
      case "hook": {
        const { blocks } = JSON.parse(body);
        return void response.end(`ok ${blocks.map((block: { type: string }) => block.type).join(" ")}`);
      }
      default:
        return send(404, { error: "nothing here" });
    }
  };
}

function itemsPage(query: URLSearchParams): [unknown, http.OutgoingHttpHeaders] {
  const size = Number(query.get("per_page") ?? 30);
  const page = Number(query.get("page") ?? 1);
  const first = (page - 1) * size;
  const items = Array.from({ length: Math.min(size, ITEMS - first) }, (_, index) => ({
    id: first + index + 1,
  }));
  const next = `<${origin}/items?per_page=${size}&page=${page + 1}>; rel="next"`;
  return [items, first + size < ITEMS ? { link: next } : {}];
}

function recordsPage(query: URLSearchParams) {
  const size = Number(query.get("limit"));
  const after = Number(query.get("after") ?? 0);
  const data = Array.from({ length: Math.min(size, RECORDS - after) }, (_, index) => {
    const id = after + index + 1;
    return { id, email: `user${id}@example.com`, active: id % 2 === 0 };
  });
  return { data, next_cursor: after + data.length, has_more: after + data.length < RECORDS };
}
