/** The built pages without their gateway, and the frame in other people's pages. */
import type { Page } from "@playwright/test";
import { Runnel } from "../pages/runnel.ts";
import { expect, test } from "../product.ts";
import { startBuiltFiles } from "../servers/built-files.ts";

test.use({ ownProfile: true });

const said = (html: string) => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";

test("the HTML says what the gateway's headers say, but what only a header can", async ({ gateway }) => {
  for (const [path, headerOnly] of [
    ["", ["frame-ancestors 'none'"]],
    ["runtime/frame.html", ["sandbox allow-scripts", "frame-ancestors 'self'"]],
  ] as const) {
    const response = await fetch(new URL(path, gateway.url));
    const header = response.headers.get("content-security-policy")?.split("; ") ?? [];
    const inHtml = said(await response.text()).split("; ");
    expect(inHtml).toContain("default-src 'none'");
    expect(header.filter((directive) => !inHtml.includes(directive))).toEqual(headerOnly);
    expect(inHtml.filter((directive) => !header.includes(directive))).toEqual([]);
  }
});

/** What the page itself can't do, whoever has got code into it. */
function tryFromThePage(page: Page, elsewhere: string) {
  return page.evaluate(async (url) => {
    const settled = (element: HTMLImageElement | HTMLIFrameElement) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve("loaded");
        element.onerror = () => resolve("refused");
        document.body.append(element);
        element.src = url;
      });
    const script = document.createElement("script");
    script.textContent = "window.ranInline = true";
    document.body.append(script);
    return {
      fetch: await fetch(url, { mode: "no-cors" }).then(
        () => "reached",
        () => "refused",
      ),
      image: await settled(document.createElement("img")),
      inline: "ranInline" in window,
    };
  }, elsewhere);
}

test("served by another web server they keep to it, and say that their own server is missing", async ({
  page,
  web,
}) => {
  const files = await startBuiltFiles();
  try {
    const runnel = new Runnel(page, files.url);
    const { step } = await runnel.newStep(`import urllib.request

import js
from pyodide.ffi import run_sync, to_js

def handler(pd: "pipedream"):
    native = js.Object.getOwnPropertyDescriptor(js.WorkerGlobalScope.prototype, "fetch").value
    try:
        run_sync(js.Reflect.apply(native, js.self, to_js(["${web.url}/echo"])))
        print("REACHED")
    except Exception as error:
        print("refused by", error)
    urllib.request.urlopen("${web.url}/echo")
`);
    expect(await tryFromThePage(page, `${web.url}/echo`)).toEqual({
      fetch: "refused",
      image: "refused",
      inline: false,
    });
    await step.test();
    await step.expectStatus("Failed");
    await step.expectLog("refused by");
    await expect(step.log).not.toContainText("REACHED");
    await expect(step.error).toContainText(/gateway is gone|does not answer/);
    expect(web.requests).toEqual([]);
  } finally {
    await files.close();
  }
});

test("no other page can have them in a frame", async ({ page, gateway }) => {
  const embedding = `<!doctype html><script>
    heard = []; addEventListener("message", (event) => heard.push(event.data));
    loaded = new Promise((resolve) => addEventListener("load", resolve));
  </script><iframe src="${gateway.url}"></iframe><iframe src="${gateway.url}runtime/frame.html" sandbox="allow-scripts"></iframe>`;
  const files = await startBuiltFiles({ "/embedding": embedding });
  try {
    await page.goto(`${files.url}embedding`);
    expect(
      await page.evaluate(() => Reflect.get(window, "loaded").then(() => Reflect.get(window, "heard"))),
    ).toEqual([]);
    for (const frame of page.frames().slice(1)) expect(frame.url()).not.toContain(gateway.url);
  } finally {
    await files.close();
  }
});
