/** Apps with Python of their own: an account for each, what the local server answers, and what must have arrived. */
import { generateKeyPairSync } from "node:crypto";
import { expect } from "vitest";
import type { SentRequest, TemplateCase, TemplateReport } from "./run-templates.ts";
import { checkAwsSignature, checkJwt, checkOAuth1, headerOf, urlOf } from "./signatures.ts";

export interface OwnCode {
  /** Values beyond those of `sampleAccount`. */
  readonly auth?: Readonly<Record<string, string>>;
  readonly answers?: TemplateCase["answers"];
  /** Fails unless the report shows the credential in its place. */
  readonly check: (report: TemplateReport, auth: Readonly<Record<string, string>>) => void;
}

const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const json = (path: string, value: unknown) => ({
  path,
  type: "application/json",
  body: JSON.stringify(value),
});

/** The only request there is, checked for method, address and TLS. */
function only(report: TemplateReport, line: string): SentRequest {
  expect(report.requests.map(lineOf)).toEqual([line]);
  return at(report, 0);
}

function at(report: TemplateReport, index: number): SentRequest {
  const request = report.requests[index];
  if (request === undefined) throw new Error(`there is no request ${index}`);
  return request;
}

function lineOf(request: SentRequest): string {
  return `${request.method} ${urlOf(request).href}`;
}

function bearerOf(request: SentRequest): string {
  return headerOf(request, "authorization").replace(/^Bearer /, "");
}

const TOKEN_URL = "https://oauth2.googleapis.com/token";

/** Google: the signed assertion is exchanged for a token, which the request carries. */
function googleExchange(report: TemplateReport, line: string, account: string, scope: string): SentRequest {
  expect(report.requests.map(lineOf)).toEqual([`POST ${TOKEN_URL}`, line]);
  const form = new URLSearchParams(at(report, 0).body);
  expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  const { claims } = checkJwt(form.get("assertion") ?? "", { publicKey: rsa.publicKey });
  expect(claims).toMatchObject({ iss: account, aud: TOKEN_URL });
  expect(String(claims.scope).split(" ")).toContain(scope);
  expect(bearerOf(at(report, 1))).toBe("exchanged-token");
  return at(report, 1);
}

const googleAnswers = [
  json("/token", { access_token: "exchanged-token", token_type: "Bearer", expires_in: 3600 }),
];

const serviceAccount = {
  type: "service_account",
  project_id: "project-1",
  client_email: "robot@project-1.iam.gserviceaccount.com",
  private_key: rsa.privateKey,
  token_uri: TOKEN_URL,
};

export const OWN_CODE: Readonly<Record<string, OwnCode>> = {
  slack: {
    check(report, auth) {
      const request = only(report, "POST https://slack.com/api/chat.postMessage");
      expect(bearerOf(request)).toBe(auth.oauth_access_token);
      expect(JSON.parse(request.body)).toMatchObject({ channel: "#general", text: "Hello from Pipedream!" });
      expect(report.exports).toEqual({ response: { ok: true, answered: "slack" } });
    },
  },
  slack_v2: {
    check(report, auth) {
      const request = only(report, "POST https://slack.com/api/auth.test");
      expect(bearerOf(request)).toBe(auth.oauth_access_token);
    },
  },
  slack_bot: {
    check(report, auth) {
      expect(bearerOf(only(report, "POST https://slack.com/api/auth.test"))).toBe(auth.bot_token);
    },
  },
  google_cloud: {
    auth: { key_json: JSON.stringify(serviceAccount) },
    answers: googleAnswers,
    check(report) {
      const scope = "https://www.googleapis.com/auth/userinfo.email";
      const line = "GET https://www.googleapis.com/oauth2/v3/userinfo";
      googleExchange(report, line, serviceAccount.client_email, scope);
    },
  },
  firebase_admin_sdk: {
    auth: {
      projectId: "project-1",
      clientEmail: serviceAccount.client_email,
      // As it stands in the key file, its line ends escaped.
      privateKey: rsa.privateKey.replaceAll("\n", "\\n"),
    },
    answers: googleAnswers,
    check(report) {
      const scope = "https://www.googleapis.com/auth/datastore";
      const documents = "projects/project-1/databases/(default)/documents";
      const line = `POST https://firestore.googleapis.com/v1/${documents}:listCollectionIds`;
      googleExchange(report, line, serviceAccount.client_email, scope);
    },
  },
  mailgun: {
    check(report, auth) {
      const request = only(report, "GET https://api.mailgun.net/v4/domains");
      expect(headerOf(request, "authorization")).toBe(`Basic ${btoa(`api:${auth.api_key}`)}`);
    },
  },
  twitter: {
    check(report, auth) {
      const request = only(report, "GET https://api.x.com/2/users/me");
      const { oauth_consumer_secret: consumer = "", oauth_refresh_token: secret = "" } = auth;
      const given = checkOAuth1(request, consumer, secret);
      expect(given.get("oauth_consumer_key")).toBe(auth.oauth_consumer_key);
      expect(given.get("oauth_token")).toBe(auth.oauth_access_token);
    },
  },
  ghost_org_admin_api: {
    auth: { admin_api_key: `abc123:${"00ff10".repeat(11)}` },
    check(report) {
      const request = only(report, "GET https://mysite.ghost.io/ghost/api/admin/posts/?limit=5");
      const [scheme, token = ""] = headerOf(request, "authorization").split(" ");
      const { header, claims } = checkJwt(token, { secret: Buffer.from("00ff10".repeat(11), "hex") });
      expect([scheme, header.alg, header.kid, claims.aud]).toEqual(["Ghost", "HS256", "abc123", "/admin/"]);
    },
  },
  snowflake: {
    auth: { account: "myorg-account1", username: "ada", private_key: rsa.privateKey, schema: "PUBLIC" },
    check(report) {
      const request = only(report, "POST https://myorg-account1.snowflakecomputing.com/api/v2/statements");
      expect(headerOf(request, "x-snowflake-authorization-token-type")).toBe("KEYPAIR_JWT");
      const { claims } = checkJwt(bearerOf(request), { publicKey: rsa.publicKey });
      expect(claims.sub).toBe("MYORG-ACCOUNT1.ADA");
      expect(claims.iss).toMatch(/^MYORG-ACCOUNT1\.ADA\.SHA256:[A-Za-z0-9+/]{43}=$/);
      expect(JSON.parse(request.body)).toMatchObject({ statement: expect.any(String), schema: "PUBLIC" });
    },
  },
  mysql: database("mysql", { username: "ada", database: "shop" }, "db.example.com:3306"),
  postgresql: database("postgresql", { user: "ada", database: "shop" }, "db.example.com:5432"),
  mongodb: database(
    "mongodb",
    { username: "ada", password: "p@ss/word:1", hostname: "db.example.com:27017" },
    "db.example.com:27017",
  ),
  aws: {
    answers: [{ path: "/", type: "text/xml", body: callerIdentity() }],
    check(report, auth) {
      const request = only(report, "POST https://sts.us-east-1.amazonaws.com/");
      expect(new URLSearchParams(request.body).get("Action")).toBe("GetCallerIdentity");
      expect(checkAwsSignature(request, auth.secretAccessKey ?? "")).toBe(auth.accessKeyId);
      expect(report.result).toMatchObject({ account: "123456789012" });
    },
  },
  amazon_ses: {
    answers: [json("/v2/email/account", { SendingEnabled: true, SendQuota: { Max24HourSend: 200 } })],
    check(report, auth) {
      const request = only(report, "GET https://email.us-east-1.amazonaws.com/v2/email/account");
      expect(checkAwsSignature(request, auth.secretAccessKey ?? "")).toBe(auth.accessKeyId);
      expect(report.result).toMatchObject({ sending_enabled: true });
    },
  },
};

/** A login over a database's own protocol. */
function database(protocol: string, auth: Record<string, string>, server: string): OwnCode {
  return {
    auth,
    check(report) {
      expect(report.logins).toEqual([
        { protocol, user: "ada", database: auth.database ?? "admin", passwordFits: true },
      ]);
      expect(new Set(report.connections)).toEqual(new Set([server]));
      expect(report.requests).toEqual([]);
      expect(JSON.stringify(report.result)).toMatch(/user/);
    },
  };
}

function callerIdentity(): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
    </GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
    </GetCallerIdentityResponse>`;
}
