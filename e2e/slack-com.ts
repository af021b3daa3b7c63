/** `test` with a product for which `https://slack.com` is a server on this machine, certificate and all. */
import { test as base, startProduct, tokens } from "./product.ts";
import { type SlackServer, startSlack } from "./servers/slack.ts";

export const test = base.extend<object, { readonly slackCom: SlackServer }>({
  slackCom: [
    async ({ authority }, use) => {
      const server = await startSlack(
        { [tokens.acme]: "Acme" },
        await authority.issue(["slack.com", "www.slack.com"]),
      );
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ authority, slackCom }, use) => {
      const gateway = await startProduct({
        extraCa: authority.cert,
        resolve: async (host) => (/^(www\.)?slack\.com$/.test(host) ? `127.0.0.1:${slackCom.port}` : null),
      });
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
});
