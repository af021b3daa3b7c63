import { createHash, createHmac } from "node:crypto";
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { type Listening, listen } from "../listen.ts";

export interface StoreKey {
  readonly id: string;
  readonly secret: string;
}

/** Amazon's object storage as far as the tests use it: buckets, objects, and signatures (version 4) that are checked. */
export interface ObjectStore extends Listening {
  readonly url: string;
  /** Names of the objects of a bucket. */
  objects(bucket: string): readonly string[];
}

export async function startObjectStore(key: StoreKey): Promise<ObjectStore> {
  const buckets = new Map<string, Map<string, Buffer>>();
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request);
    const url = new URL(request.url ?? "/", "http://store");
    const problem = signatureProblem(request, url, body, key);
    if (problem) {
      const text = `<Error><Code>${problem}</Code><Message>The signature was checked: ${problem}</Message></Error>`;
      response.writeHead(403, { "content-type": "application/xml" }).end(text);
      return;
    }
    const [bucket = "", ...rest] = decodeURIComponent(url.pathname.slice(1)).split("/");
    answer(response, request.method ?? "", bucket, rest.join("/"), body, url.searchParams, buckets);
  });
  const listening = await listen(server);
  return {
    ...listening,
    url: `http://127.0.0.1:${listening.port}`,
    objects: (bucket) => [...(buckets.get(bucket)?.keys() ?? [])],
  };
}

function answer(
  response: http.ServerResponse,
  method: string,
  bucket: string,
  name: string,
  body: Buffer,
  query: URLSearchParams,
  buckets: Map<string, Map<string, Buffer>>,
): void {
  const xml = (status: number, text: string) =>
    response.writeHead(status, { "content-type": "application/xml" }).end(text);
  const objects = buckets.get(bucket);
  if (bucket === "" && method === "GET") {
    const listed = [...buckets.keys()].map((each) => `<Bucket><Name>${each}</Name></Bucket>`);
    xml(200, `<ListAllMyBucketsResult><Buckets>${listed.join("")}</Buckets></ListAllMyBucketsResult>`);
  } else if (name === "" && method === "PUT") {
    buckets.set(bucket, new Map());
    response.writeHead(200).end();
  } else if (!objects) {
    xml(404, `<Error><Code>NoSuchBucket</Code><Message>There is no ${bucket}</Message></Error>`);
  } else if (name === "" && method === "GET") {
    const prefix = query.get("prefix") ?? "";
    const found = [...objects].filter(([key]) => key.startsWith(prefix));
    const listed = found.map(
      ([key, data]) => `<Contents><Key>${key}</Key><Size>${data.length}</Size></Contents>`,
    );
    const count = `<KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>`;
    xml(200, `<ListBucketResult><Name>${bucket}</Name>${count}${listed.join("")}</ListBucketResult>`);
  } else if (method === "PUT") {
    objects.set(name, body);
    response.writeHead(200, { etag: `"${createHash("md5").update(body).digest("hex")}"` }).end();
  } else if ((method === "GET" || method === "HEAD") && objects.has(name)) {
    const data = objects.get(name) ?? Buffer.alloc(0);
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "content-length": data.length,
      etag: `"${createHash("md5").update(data).digest("hex")}"`,
    });
    response.end(method === "GET" ? data : undefined);
  } else {
    xml(404, `<Error><Code>NoSuchKey</Code><Message>There is no ${name}</Message></Error>`);
  }
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
/** As the signature wants it: everything but the unreserved characters in %XX. */
const escaped = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The code of the refusal; null where the signature is the key's over exactly this request. */
function signatureProblem(
  request: http.IncomingMessage,
  url: URL,
  body: Buffer,
  key: StoreKey,
): string | null {
  const header = request.headers.authorization ?? "";
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      header,
    );
  if (!parts) return "AccessDenied";
  const [, id, day = "", region = "", names = "", signature] = parts;
  if (id !== key.id) return "InvalidAccessKeyId";
  const payload = String(request.headers["x-amz-content-sha256"]);
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const query = [...url.searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).sort();
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query.join("&"), headers.join(""), names, payload].join(
    "\n",
  );
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", String(request.headers["x-amz-date"]), scope, sha256(canonical)].join(
    "\n",
  );
  const signingKey = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${key.secret}`);
  return hmac(signingKey, text).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}
