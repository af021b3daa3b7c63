import { test } from "../product.ts";
import { startWeb } from "../servers/web.ts";
import { expectLines, installedClients, oneStep } from "./libraries.ts";

test.use(oneStep);

test(
  "httpx: sync and async, streams, uploads, timeouts, certificates",
  installedClients,
  async ({ runnel, page, web, authority }) => {
    const secure = await startWeb(await authority.issue(["localhost"]));
    const selfSigned = await startWeb(await authority.issue(["localhost"], { selfSigned: true }));
    await expectLines(
      { runnel, page },
      `import asyncio
import httpx

URL = "${web.url}"
SHORT = httpx.Timeout(30, read=0.3)
SECURE = "https://localhost:${secure.port}"
SELF_SIGNED = "https://localhost:${selfSigned.port}"

def kind(call):
    try:
        return call()
    except httpx.HTTPError as error:
        return type(error).__name__

async def kind_async(coroutine):
    try:
        return await coroutine
    except httpx.HTTPError as error:
        return type(error).__name__

def sync():
    with httpx.Client(base_url=URL, follow_redirects=True, timeout=10) as client:
        print("sync", client.get("/cookies").json()["headers"]["cookie"], len(client.get("/gzip").text))
        form = client.post("/form", data={"a": "1"}, files={"file": ("x.txt", b"xyz")}).json()
        print("form", form["a"], form["file"]["size"])
        with client.stream("GET", "/bytes?count=1500000") as response:
            print("streamed", sum(map(len, response.iter_bytes())))
    print("timeout", kind(lambda: httpx.get(URL + "/hang", timeout=SHORT)))
    print("tls", httpx.get(SECURE + "/echo").status_code, kind(lambda: httpx.get(SELF_SIGNED + "/echo")),
          httpx.get(SELF_SIGNED + "/echo", verify=False).status_code)

async def handler(pd: "pipedream"):
    sync()
    async with httpx.AsyncClient(timeout=10, follow_redirects=True) as client:
        answers = await asyncio.gather(*(client.get(f"{URL}/echo?n={n}") for n in range(5)))
        print("async", [answer.json()["url"][-1] for answer in answers])
        async with client.stream("GET", SECURE + "/bytes?count=1500000") as response:
            print("async streamed", sum([len(piece) async for piece in response.aiter_bytes()]))
        print("async", await kind_async(client.get(URL + "/hang", timeout=SHORT)),
              await kind_async(client.get(SELF_SIGNED + "/echo")))
    async with httpx.AsyncClient(verify=False) as client:
        print("async not checked", (await client.get(SELF_SIGNED + "/echo")).status_code)
`,
      [
        "sync flavour=oat 9000",
        "form 1 3",
        "streamed 1500000",
        "timeout ReadTimeout",
        "tls 200 ConnectError 200",
        "async ['0', '1', '2', '3', '4']",
        "async streamed 1500000",
        "async ReadTimeout ConnectError",
        "async not checked 200",
      ],
    );
    await Promise.all([secure.close(), selfSigned.close()]);
  },
);
