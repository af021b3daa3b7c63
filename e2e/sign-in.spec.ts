import os from "node:os";
import { Runnel } from "./pages/runnel.ts";
import { SignInPage } from "./pages/sign-in-page.ts";
import { expect, startProduct, test } from "./product.ts";

const password = "correct horse battery staple";

/** An address of this machine that is none of loopback, as another machine would see it. */
const address = Object.values(os.networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

test.use({ ownProfile: true, ignoreHTTPSErrors: true });

test("on an address that other machines reach: sign in, run a step on public hosts only, sign out", async ({
  page,
  authority,
  web,
}) => {
  test.skip(address === undefined, "This machine has no address besides loopback.");
  const host = address ?? "";
  const tls = await authority.issue([host]);
  // Hosts that the resolver names count as public.
  const resolve = async (name: string) => (name === "public.test" ? `127.0.0.1:${web.port}` : null);
  const gateway = await startProduct({ host, password, tls, resolve });
  expect(gateway.url).toBe(`https://${host}:${gateway.port}/`);
  const signIn = new SignInPage(page);

  await page.goto(`${gateway.url}environment`);
  await signIn.expectOpen();
  await signIn.signIn("not the password");
  await expect(signIn.problem).toHaveText("That is not the password.");
  await signIn.signIn(password);
  await expect(page).toHaveURL(`${gateway.url}environment`);

  const runnel = new Runnel(page, gateway.url);
  const { step } = await runnel.newStep(`import socket
import urllib.request

def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def handler(pd: "pipedream"):
    print("public", urllib.request.urlopen("http://public.test/echo", timeout=20).status)
    print("loopback", attempt(lambda: socket.create_connection(("127.0.0.1", ${web.port}), timeout=20)))
    print("private", attempt(lambda: socket.create_connection(("192.168.254.254", 80), timeout=20)))
    print("gateway", attempt(lambda: socket.create_connection(("${host}", ${gateway.port}), timeout=20)))
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("public 200");
  await step.expectLog(/loopback PermissionError: .*can be reached from other machines/);
  await step.expectLog(/private PermissionError: .*can be reached from other machines/);
  await step.expectLog(/gateway PermissionError/);
  expect(web.requests).toEqual(["GET /echo"]);

  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn.expectOpen();
  await page.goto(`${gateway.url}accounts`);
  await signIn.expectOpen();

  for (let count = 0; count < 5; count++) {
    await signIn.signIn(`guess ${count}`);
    await expect(signIn.problem).toHaveText("That is not the password.");
    // The next answer must not be mistaken for this one.
    await page.goto(gateway.url);
  }
  await expect
    .poll(async () => {
      await signIn.signIn("one guess more");
      return signIn.problem.textContent();
    })
    .toMatch(/Too many wrong passwords\. Try again in \d+ seconds?\./);
  await gateway.close();
});
