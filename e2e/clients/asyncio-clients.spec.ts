/** Clients of asyncio: aiohttp, and websockets (whose other half has no event loop). */
import { test } from "../product.ts";
import { startWebSocketEcho } from "../servers/clients/web-socket.ts";
import { startWeb } from "../servers/web.ts";
import { expectLines, installedClients, installedClientsInFirefox, oneStep } from "./libraries.ts";

test.use(oneStep);

test(
  "aiohttp: sessions, cookies, uploads, streams, timeouts, TLS, WebSockets",
  installedClientsInFirefox,
  async ({ runnel, page, web, authority }) => {
    const certificate = await authority.issue(["localhost", "127.0.0.1"]);
    const secure = await startWeb(certificate);
    const selfSigned = await startWeb(await authority.issue(["localhost"], { selfSigned: true }));
    const sockets = await startWebSocketEcho(certificate);
    await expectLines(
      { runnel, page },
      `import asyncio
import aiohttp

URL = "${web.url}"
SELF_SIGNED = "https://localhost:${selfSigned.port}/echo"

async def json_of(request):
    async with request as response:
        return await response.json()

async def handler(pd: "pipedream"):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10),
                                     cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        print("cookies", (await json_of(session.get(URL + "/cookies")))["headers"]["cookie"])
        form = aiohttp.FormData({"a": "1"})
        form.add_field("file", b"xyz", filename="x.bin")
        print("form", (await json_of(session.post(URL + "/form", data=form)))["file"]["size"])
        answers = await asyncio.gather(*(json_of(session.get(f"{URL}/echo?n={n}")) for n in range(5)))
        print("together", [answer["url"][-1] for answer in answers])
        async with session.get("https://localhost:${secure.port}/bytes?count=1500000") as response:
            print("streamed", sum([len(piece) async for piece in response.content.iter_chunked(65536)]))
        for url, options in ((SELF_SIGNED, {}), (SELF_SIGNED, {"ssl": False}),
                             (URL + "/hang", {"timeout": aiohttp.ClientTimeout(total=0.3)})):
            try:
                print("unchecked", (await json_of(session.get(url, **options)))["method"])
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                print("raised", type(error).__name__)
        async with session.ws_connect("${sockets.url}") as socket:
            await socket.send_json({"n": 1})
            print("socket", await socket.receive_json())
`,
      [
        "cookies flavour=oat",
        "form 3",
        "together ['0', '1', '2', '3', '4']",
        "streamed 1500000",
        "raised ClientConnectorCertificateError",
        "unchecked GET",
        /raised \w*TimeoutError/,
        "socket {'n': 1}",
      ],
    );
    await Promise.all([secure.close(), selfSigned.close(), sockets.close()]);
  },
);

test(
  "websockets: texts, bytes, pings, closes, ws and wss",
  installedClients,
  async ({ runnel, page, authority }) => {
    const plain = await startWebSocketEcho();
    const secure = await startWebSocketEcho(await authority.issue(["127.0.0.1"]));
    await expectLines(
      { runnel, page },
      `import asyncio
import websockets

async def talk(url):
    async with websockets.connect(url) as socket:
        await socket.send("Grüße")
        print(url[:4], "text", await socket.recv())
        await socket.send(b"x" * 200_000)
        print(url[:4], "bytes", len(await socket.recv()))
        await (await socket.ping())
        await socket.send("bye")
        try:
            await asyncio.wait_for(socket.recv(), 10)
        except websockets.ConnectionClosed as closed:
            print(url[:4], "closed", closed.rcvd.code, closed.rcvd.reason)

async def handler(pd: "pipedream"):
    await talk("${plain.url}")
    await talk("${secure.url}")
`,
      [
        "ws:/ text Grüße",
        "ws:/ bytes 200000",
        "ws:/ closed 4001 as you asked",
        "wss: text Grüße",
        "wss: closed 4001",
      ],
    );
    await Promise.all([plain.close(), secure.close()]);
  },
);
