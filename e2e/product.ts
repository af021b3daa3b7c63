/** The product and the servers around it as Playwright fixtures; every spec imports `test` and `expect` from here. */
import path from "node:path";
import { type BrowserContext, test as base, expect, type TestInfo, type WebError } from "@playwright/test";
import { type Gateway, type GatewayOptions, startGateway } from "../src/gateway/index.ts";
import { PACKAGES_PATH, TOKEN_HEADER } from "../src/gateway/protocol.ts";
import { forgetTheApp, keptContext, type Profile } from "./browser/kept-context.ts";
import { fillAsAPerson, withoutJspi } from "./browser/modes.ts";
import { Runnel } from "./pages/runnel.ts";
import { type Authority, createAuthority } from "./servers/certificates.ts";
import { type SilentServer, startSilent } from "./servers/silent.ts";
import { type SlackServer, startSlack } from "./servers/slack.ts";
import { startWeb, type WebServer } from "./servers/web.ts";

export { expect };

const root = path.resolve(import.meta.dirname, "..");

/** Tests that install a package carry this tag: they are skipped, by name, where no package index can be reached. */
export const packages = { tag: "@packages" };

/** Tokens of made-up workspaces, which the Slack server of every test knows. */
export const tokens = {
  acme: "xoxb-made-up-acme-4711-Zq8+/=",
  globex: "xoxb-made-up-globex-0815-Yw7",
} as const;

/** What a project of playwright.config.ts sets. */
export interface ModeOptions {
  /** The browser is to look as if it had no JSPI. */
  readonly takeJspiAway: boolean;
}

interface TestFixtures {
  /** True for tests of a first visit, or with other options of a context: a profile of their own. Else the files of the runtime are there. */
  readonly ownProfile: boolean;
  /**
   * True where tests of a file may go on in the page of the one before, each with a workflow of its own: starting page and Python takes
   * seconds. A name where the tests of several files may, which all give that name.
   */
  readonly samePage: boolean | string;
  readonly runnel: Runnel;
  readonly slack: SlackServer;
  readonly web: WebServer;
  readonly silent: SilentServer;
  readonly skipWithoutIndex: undefined;
  /** False for tests that make errors in the sandbox on purpose; the browser reports those as the page's. */
  readonly pageErrorsFail: boolean;
  readonly failOnPageErrors: undefined;
}

interface WorkerFixtures extends ModeOptions {
  readonly authority: Authority;
  /** What every context needs before its first page. */
  readonly prepareContext: (context: BrowserContext) => Promise<void>;
  /** The profile that tests have one after the other; see kept-context.ts. */
  readonly profile: Profile;
  readonly gateway: Gateway;
  /** Null where packages can be had, else why not. */
  readonly indexProblem: string | null;
}

/** The built product on a free port. Packages are kept between tests and runs, so that each is downloaded once. */
export function startProduct(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  return startGateway({
    port: 0,
    appDir: path.join(root, "dist/app"),
    runtimeDir: path.join(root, "dist/runtime"),
    cacheDir: path.join(root, ".cache/e2e-packages"),
    dataDir: path.join(root, ".cache/e2e-data"),
    ...options,
  });
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  authority: [
    // Playwright insists on a destructured first parameter, also where nothing is needed of it.
    async ({ browserName: _ }, use) => use(await createAuthority()),
    { scope: "worker" },
  ],
  gateway: [
    async ({ authority }, use) => {
      const gateway = await startProduct({ extraCa: authority.cert });
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
  indexProblem: [async ({ gateway }, use) => use(await probeIndex(gateway)), { scope: "worker" }],
  takeJspiAway: [false, { option: true, scope: "worker" }],
  prepareContext: [
    ({ browserName, takeJspiAway }, use) =>
      use(async (context) => {
        if (takeJspiAway) await context.addInitScript(withoutJspi);
        if (browserName === "firefox") await context.addInitScript(fillAsAPerson);
      }),
    { scope: "worker" },
  ],
  profile: [
    async ({ browser, gateway, prepareContext }, use, { project }) => {
      const context = await keptContext(browser, gateway.url, project.use);
      await prepareContext(context);
      await use({ context, open: null });
      await context.close();
    },
    { scope: "worker" },
  ],
  ownProfile: [false, { option: true }],
  samePage: [false, { option: true }],
  context: async ({ context, profile, prepareContext, ownProfile }, use) => {
    if (!ownProfile) {
      await use(profile.context);
      // Those that a test opened without the fixture `page`.
      for (const each of profile.context.pages()) if (each !== profile.open?.page) await each.close();
      return;
    }
    await prepareContext(context);
    await use(context);
  },
  page: async ({ context, profile, gateway, ownProfile, samePage }, use, info) => {
    const { open } = profile;
    profile.open = null;
    const whose = typeof samePage === "string" ? samePage : info.file;
    const page = samePage && open?.whose === whose ? open.page : await context.newPage();
    if (page !== open?.page && !ownProfile) {
      await open?.page.close();
      await forgetTheApp(page, gateway.url);
    }
    await use(page);
    const goesOn =
      samePage !== false &&
      !page.isClosed() &&
      page.url().startsWith(gateway.url) &&
      info.status === info.expectedStatus;
    for (const each of context.pages()) if (each !== page || !goesOn) await each.close();
    if (goesOn) profile.open = { page, whose };
  },
  baseURL: async ({ gateway }, use) => use(gateway.url),
  skipWithoutIndex: [
    async ({ indexProblem }, use, info) => {
      if (info.tags.includes(packages.tag) && indexProblem !== null) giveUp(info, indexProblem);
      await use(undefined);
    },
    { auto: true },
  ],
  pageErrorsFail: [true, { option: true }],
  failOnPageErrors: [
    async ({ context, browserName, pageErrorsFail }, use) => {
      const errors: string[] = [];
      const note = (event: WebError) => {
        const { name, message, stack } = event.error();
        // Firefox reports as an error that the frame has no inline styles, which nothing of ours gives it.
        if (name === "Content-Security-Policy" && message.includes("an inline style")) return;
        // And that images which a step's HTML names elsewhere are not loaded.
        if (name === "Content-Security-Policy" && message.includes("(img-src) at http")) return;
        // And each worker that is ended while it runs.
        if (name === "uncaught exception" && /^(uncaught exception: )?undefined/.test(message)) return;
        // And each answer whose rest nobody wants any more.
        if (name.startsWith("Failed to read data") && message.includes("AbortError")) return;
        // And connections and resources that failed, which have no name: no script's errors.
        if (browserName === "firefox" && (name === "" || name.startsWith("The resource "))) return;
        errors.push(`${name}: ${message}\n${stack}`);
      };
      context.on("weberror", note);
      await use(undefined);
      context.off("weberror", note);
      if (pageErrorsFail) expect(errors, "uncaught errors of the page").toEqual([]);
    },
    { auto: true },
  ],
  runnel: async ({ page, samePage }, use) => {
    const runnel = new Runnel(page, "/", samePage !== false);
    await use(runnel);
    await runnel.release();
  },
  slack: async ({ browserName: _ }, use) => {
    const slack = await startSlack({ [tokens.acme]: "Acme", [tokens.globex]: "Globex" });
    await use(slack);
    await slack.close();
  },
  web: async ({ browserName: _ }, use) => {
    const web = await startWeb();
    await use(web);
    await web.close();
  },
  silent: async ({ browserName: _ }, use) => {
    const silent = await startSilent();
    await use(silent);
    await silent.close();
  },
});

/** Asks the product for a small package's page, as its own page would. */
async function probeIndex(gateway: Gateway): Promise<string | null> {
  const html = await (await fetch(gateway.url)).text();
  const token = /name="runnel-token" content="([^"]+)"/.exec(html)?.[1] ?? "";
  const url = new URL(`${PACKAGES_PATH}simple/six/`, gateway.url);
  try {
    const response = await fetch(url, { headers: { [TOKEN_HEADER]: token } });
    if (response.ok) return null;
    const { code } = (await response.json()) as { readonly code: string };
    return `${code}, status ${response.status}`;
  } catch (error) {
    return String(error);
  }
}

function giveUp(info: TestInfo, problem: string): void {
  const reason = `No package index can be reached (${problem})`;
  if (process.env.RUNNEL_REQUIRE_INDEX === "1")
    throw new Error(`${reason}, and RUNNEL_REQUIRE_INDEX is set.`);
  process.stdout.write(`Skipped: ${info.titlePath.join(" › ")}: ${reason}\n`);
  info.skip(true, reason);
}
