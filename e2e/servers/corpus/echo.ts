import { createHash } from "node:crypto";
import type http from "node:http";
import { buffer } from "node:stream/consumers";

const flaky = new Map<string, number>();

/**
 * What a request was, as JSON: `/anything` (method, args, headers, and the body as json, form, files or data), `/download?size=N`
 * (in many pieces), `/cookie` (sets one), `/status/N`, `/flaky?times=N&key=K` (503, N times for that key, then how often it was asked).
 */
export async function answerEcho(
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "https://echo");
  const send = (status: number, value: unknown, headers: http.OutgoingHttpHeaders = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  const [, what = "", argument = ""] = url.pathname.split("/");
  switch (what) {
    case "anything":
      return void send(200, await told(request, url));
    case "cookie":
      return void send(200, { set: true }, { "set-cookie": "session=made-up-4711; Path=/" });
    case "status":
      return void send(Number(argument), { status: Number(argument) });
    case "download": {
      const size = Number(url.searchParams.get("size"));
      response.writeHead(200, { "content-type": "application/octet-stream" });
      for (let sent = 0; sent < size; sent += 50_000)
        response.write(Buffer.alloc(Math.min(50_000, size - sent), 7));
      return void response.end();
    }
    case "flaky": {
      const key = url.searchParams.get("key") ?? "";
      const asked = (flaky.get(key) ?? 0) + 1;
      const failsStill = asked <= Number(url.searchParams.get("times"));
      flaky.set(key, failsStill ? asked : 0);
      return void send(failsStill ? 503 : 200, { asked });
    }
    default:
      return void send(404, { error: "nothing here" });
  }
}

async function told(request: http.IncomingMessage, url: URL) {
  const body = await buffer(request);
  const type = request.headers["content-type"] ?? "";
  return {
    method: request.method,
    args: manyValues([...url.searchParams]),
    headers: request.headers,
    json: type.startsWith("application/json") ? JSON.parse(body.toString()) : null,
    ...(await fields(body, type)),
    data: body.toString(),
  };
}

async function fields(body: Buffer<ArrayBuffer>, type: string) {
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type))
    return { form: {}, files: {} };
  const form: [string, string][] = [];
  const files: Record<string, unknown> = {};
  for (const [name, value] of await new Response(body, { headers: { "content-type": type } }).formData()) {
    if (typeof value === "string") form.push([name, value]);
    else {
      const bytes = Buffer.from(await value.arrayBuffer());
      const sha256 = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
      files[name] = { filename: value.name, type: value.type, size: bytes.length, sha256 };
    }
  }
  return { form: manyValues(form), files };
}

/** A name that is there several times has a list. */
function manyValues(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...groups].map(([name, group]) => {
      const values = group.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
