/** `test` with a product for which the hosts that the corpus talks to are servers on this machine, with certificates and all. */
import https from "node:https";
import { test as base, startProduct } from "../product.ts";
import { startLanguageModel } from "../servers/clients/language-model.ts";
import { type Mail, startSmtp } from "../servers/clients/smtp.ts";
import { createApi } from "../servers/corpus/api.ts";
import { createCollector } from "../servers/corpus/collector.ts";
import { answerEcho } from "../servers/corpus/echo.ts";
import { answerNews } from "../servers/corpus/news.ts";
import { createSheets } from "../servers/corpus/sheets.ts";
import { listen } from "../servers/listen.ts";

/** The environment variables of the corpus; all are secrets but the first. */
export const variables = {
  CORPUS_CLIENT_ID: "made-up-client-id",
  CORPUS_CLIENT_SECRET: "made-up-client-secret/4711",
  CORPUS_WEBHOOK_URL: "https://api.example.com/hook/T000/B000/made-up",
  CORPUS_GOOGLE_TOKEN: "ya29.made-up-google-token",
  OPENAI_API_KEY: "sk-made-up-of-the-corpus",
} as const;

const ACCESS_TOKEN = "made-up-fresh-access-token";

export interface Internet {
  /** Ports on this machine by host. */
  readonly ports: Readonly<Record<string, number>>;
  readonly mails: readonly Mail[];
  /** What the workflow of this id told the collector in the end: exports by step. Waits for it. */
  collected(id: string): Promise<Readonly<Record<string, unknown>>>;
}

export const test = base.extend<object, { readonly internet: Internet }>({
  internet: [
    async ({ authority }, use) => {
      const collector = createCollector();
      const sites = {
        "echo.example.com": answerEcho,
        "api.example.com": createApi({
          clientId: variables.CORPUS_CLIENT_ID,
          clientSecret: variables.CORPUS_CLIENT_SECRET,
          accessToken: ACCESS_TOKEN,
        }),
        "news.example.com": answerNews,
        "sheets.googleapis.com": createSheets(variables.CORPUS_GOOGLE_TOKEN),
        "collect.example.com": collector.answer,
      };
      const certificate = await authority.issue([...Object.keys(sites), "api.openai.com", "smtp.gmail.com"]);
      const servers = await Promise.all(
        Object.entries(sites).map(async ([host, answer]) => {
          const server = await listen(
            https.createServer(certificate, (asked, reply) => void answer(asked, reply)),
          );
          return [host, server] as const;
        }),
      );
      const model = await startLanguageModel(variables.OPENAI_API_KEY, certificate);
      const login = { user: "ada@example.com", password: variables.CORPUS_CLIENT_SECRET };
      const mail = await startSmtp(login, certificate);
      const all = [...servers, ["api.openai.com", model] as const, ["smtp.gmail.com", mail] as const];
      await use({
        ports: Object.fromEntries(all.map(([host, { port }]) => [host, port])),
        mails: mail.mails,
        collected: collector.collected,
      });
      await Promise.all(all.map(([, server]) => server.close()));
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ authority, internet }, use) => {
      const gateway = await startProduct({
        extraCa: authority.cert,
        resolve: async (host) => {
          const port = internet.ports[host];
          return port === undefined ? null : `127.0.0.1:${port}`;
        },
      });
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
});
