/** `test` with a product for which every host under `example.com` is one server on this machine, as on the public internet. */
import { test as base, startProduct } from "./product.ts";
import { startWeb, type WebServer } from "./servers/web.ts";

export const test = base.extend<{ readonly api: WebServer }, { readonly exampleCom: WebServer }>({
  exampleCom: [
    async ({ browserName: _ }, use) => {
      const server = await startWeb();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ authority, exampleCom }, use) => {
      const gateway = await startProduct({
        extraCa: authority.cert,
        resolve: async (host) => (host.endsWith(".example.com") ? `127.0.0.1:${exampleCom.port}` : null),
      });
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
  /** The server, with the requests of this test only. */
  api: async ({ exampleCom }, use) => {
    const before = exampleCom.requests.length;
    await use({
      ...exampleCom,
      get requests() {
        return exampleCom.requests.slice(before);
      },
    });
  },
});
