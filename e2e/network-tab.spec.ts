/** The Network tab: each connection, each request with headers and bodies, nothing of a secret. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { dumpDatabases } from "./pages/database.ts";
import { NetworkTab } from "./pages/network-tab.ts";
import { test as base, expect } from "./product.ts";
import { program } from "./servers/clients/program.ts";
import { type Recorder, startRecorder } from "./servers/recorder.ts";

const test = base.extend<{ readonly recorder: Recorder }>({
  recorder: async ({ browserName: _ }, use) => {
    const recorder = await startRecorder();
    await use(recorder);
    await recorder.close();
  },
});

test.use({ samePage: true });

const secret = "made-up-key-4711+Zq8/=end";

test("requests with headers, bodies, sizes and times; details by mouse and by keyboard, also after a reload", async ({
  runnel,
  recorder,
  page,
}) => {
  const { builder, step } = await runnel.newStep(`import http.client
import urllib.request

def handler(pd: "pipedream"):
    connection = http.client.HTTPConnection("127.0.0.1", ${recorder.port}, timeout=10)
    connection.request("POST", "/gzip?x=1", body='{"name": "Ünal"}'.encode(), headers={"X-Odd-CASE": "as sent", "Content-Type": "application/json"})
    connection.getresponse().read()
    for path in ("/json", "/picture", "/bytes", "/missing"):
        connection.request("GET", path)
        connection.getresponse().read()
    connection.request("POST", "/form", body="a=1+2&b=%C3%BC", headers={"Content-Type": "application/x-www-form-urlencoded"})
    connection.getresponse().read()
    connection.request("HEAD", "/json")
    connection.getresponse().read()
    connection.close()
    print(len(urllib.request.urlopen("${recorder.url}/big").read()))
    try:
        urllib.request.urlopen("http://127.0.0.1:9/refused")
    except OSError as error:
        print(error)
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  const network = await NetworkTab.of(page, step);
  await expect(network.row(/POST.*\/gzip\?x=1.*200 OK.*17 B/s)).toBeVisible();
  await expect(network.row(/GET.*\/missing.*404 Not Found/s)).toBeVisible();
  await expect(network.row(/GET.*\/big.*200 OK.*1\.0 MB/s)).toBeVisible();
  await expect(network.row(/127\.0\.0\.1:9.*refused.*Failed/is)).toBeVisible();

  // By mouse: headers as sent, in their order and case.
  await network.open("/gzip");
  const headers = await network.part("Headers");
  await expect(headers.getByRole("group", { name: "Request headers" })).toContainText("X-Odd-CASE");
  await expect(headers.getByRole("group", { name: "Response headers" })).toContainText("X-Kept-Case");
  await expect(await network.part("Request")).toContainText('"name": "Ünal"');
  const response = await network.part("Response");
  await expect(response).toContainText(/application\/json · \d+ B, gzip/);
  await expect(response).toContainText('"echoed": "{\\"name\\": \\"Ünal\\"}"');
  await response.getByRole("button", { name: "Raw" }).click();
  await expect(response).toContainText('{"echoed":"{\\"name\\": \\"Ünal\\"}"}');
  expect(await network.copy("Copy body")).toBe('{"echoed":"{\\"name\\": \\"Ünal\\"}"}');
  expect(await network.copy("Copy URL")).toBe(`${recorder.url}/gzip?x=1`);

  // By keyboard: arrows move on, Escape closes and gives the focus back.
  await page.keyboard.press("Escape");
  await expect(network.details).toBeHidden();
  await expect(network.grid).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(network.details).toHaveAccessibleName(/GET .*\/json/);
  await expect(await network.part("Response")).toContainText('"ok": true');

  await network.open("/picture");
  const picture = (await network.part("Response")).getByRole("img", { name: "Response body" });
  await expect(picture).toHaveJSProperty("naturalWidth", 1);
  await network.open("/bytes");
  await expect(await network.part("Response")).toContainText("00 01 02 ff fe 48 69");
  await network.open("/form");
  await expect(await network.part("Request")).toContainText(/a1 2bü/);
  await network.open(/HEAD/);
  await expect(await network.part("Response")).toContainText("No body.");
  await network.open("/big");
  await expect(await network.part("Response")).toContainText("Only the first 64 KB of 1.0 MB are kept.");
  await network.open("refused");
  await expect(network.details).toContainText(/Error.*refused/is);

  await builder.expectSaved();
  await page.reload();
  const again = await NetworkTab.of(page, builder.step("python"));
  await again.open("/gzip");
  await expect(await again.part("Response")).toContainText('"echoed": "{\\"name\\": \\"Ünal\\"}"');
});

test("a secret in address, header, form and compressed body is neither shown, nor copied, nor stored", async ({
  runnel,
  recorder,
  page,
}) => {
  await runnel.open();
  await (await runnel.goToEnvironment()).add("MADE_UP_KEY", secret);
  const { builder, step } = await runnel.newStep(`import gzip
import json
import os
import urllib.parse
import urllib.request

def post(path, data, headers={}):
    request = urllib.request.Request("${recorder.url}" + path, data=data, headers=headers)
    try:
        return urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as error:
        return error.read()

def handler(pd: "pipedream"):
    key = os.environ["MADE_UP_KEY"]
    odd = "".join(f"%{ord(char):02x}" for char in key)
    post(f"/gzip?key={urllib.parse.quote(key, safe='')}&odd={odd}", json.dumps({"key": key}).encode(), {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    post("/form", urllib.parse.urlencode({"key": key}).encode())
    post("/odd-form", f"key={odd}".encode())
    post("/gzipped-request", gzip.compress((key * 3).encode()), {"Content-Encoding": "gzip"})
    post("/file", gzip.compress(key.encode()), {"Content-Type": "application/octet-stream"})
    print("all sent")
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  expect(recorder.requests[0]?.headers).toContain(`Bearer ${secret}`);

  const network = await NetworkTab.of(page, step);
  const shown: string[] = [];
  for (const path of ["/gzip?", "/form", "/odd-form", "/gzipped-request", "/file"]) {
    await network.open(path);
    for (const part of ["Headers", "Request", "Response"] as const) {
      shown.push((await (await network.part(part)).textContent()) ?? "");
    }
    shown.push(await network.copy("Copy as curl"));
  }
  shown.push((await network.panel.innerHTML()) ?? "");
  await network.open("/gzip?");
  await expect(await network.part("Response")).toContainText('{\\"key\\": \\"env.MADE_UP_KEY (hidden)\\"}');
  await expect(await network.part("Headers")).toContainText("Bearer env.MADE_UP_KEY (hidden)");

  await builder.expectSaved();
  await expect.poll(async () => (await dumpDatabases(page)).includes("all sent")).toBe(true);
  const stored = await dumpDatabases(page);
  expect(stored).toContain("gzipped-request");
  for (const text of [shown.join("\n"), stored]) {
    expect(text).toContain("env.MADE_UP_KEY");
    for (const form of [
      secret,
      secret.slice(0, 16),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64").slice(0, 20),
      Buffer.from(secret).toString("hex"),
      [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(""),
    ])
      expect(text).not.toContain(form);
  }
});

test("a request copied as curl is the same request", async ({ runnel, recorder, page }) => {
  const body = 'it\'s "quoted" $HOME `id` \\n\\\n  and ü\n';
  const { builder, step } = await runnel.newStep(`import http.client

def handler(pd: "pipedream"):
    connection = http.client.HTTPConnection("127.0.0.1", ${recorder.port}, timeout=10)
    connection.request("PATCH", "/a/../b?c=d&e[]={1..3}", body=${JSON.stringify(body)}.encode(), headers={"X-Quote": "it's", "X-Empty": "", "Accept-Encoding": "gzip"})
    connection.getresponse().read()
    connection.request("GET", "/json", headers={"User-Agent": "mine/1.0"})
    connection.getresponse().read()
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await program("curl", "curl");
  const network = await NetworkTab.of(page, step);
  for (const path of ["/b", "/json"]) {
    await network.open(path);
    const command = await network.copy("Copy as curl");
    await promisify(execFile)("bash", ["-c", command], { env: { ...process.env, no_proxy: "*" } });
  }
  const [patch, get, patchAgain, getAgain] = recorder.requests;
  expect(patch?.body).toBe(body);
  for (const [first, second] of [
    [patch, patchAgain],
    [get, getAgain],
  ]) {
    expect(second).toEqual({ ...first, headers: expect.anything() });
    expect(pairsOf(second?.headers)).toEqual(pairsOf(first?.headers));
  }
});

/** `name: value` of each header; the order is curl's own for those that it makes itself. */
function pairsOf(headers: readonly string[] = []): string[] {
  const pairs: string[] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push(`${headers[at]}: ${headers[at + 1]}`);
  return pairs.sort();
}

test("rows appear while the step runs; many are filtered", async ({ runnel, web, page }) => {
  const { builder, step } = await runnel.newStep(`import http.client

def handler(pd: "pipedream"):
    connection = http.client.HTTPConnection("127.0.0.1", ${web.port})
    for number in range(150):
        connection.request("GET", f"/echo?n={number}")
        connection.getresponse().read()
    connection.request("GET", "/gate")
    print(connection.getresponse().read())
`);
  await step.test();
  await builder.answerNetwork("Allow");
  const network = await NetworkTab.of(page, step);
  await expect(network.panel).toContainText("151 lines");
  await network.filter.fill("gate");
  await expect(network.row(/GET.*\/gate.*Waiting/s)).toBeVisible();
  await network.open("/gate");
  web.openGate();
  await step.expectStatus("Success");
  await expect(await network.part("Response")).toContainText("open");
  await network.filter.fill("n=149");
  await expect(network.row("/echo?n=149")).toBeVisible();
  await expect(network.panel).toContainText("1 of 151 lines");
});
