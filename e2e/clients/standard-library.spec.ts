/** Python's own clients of HTTP, and sockets without a protocol. */
import https from "node:https";
import { test } from "../product.ts";
import type { Certificate } from "../servers/certificates.ts";
import { listen } from "../servers/listen.ts";
import { startWeb } from "../servers/web.ts";
import { clients, clientsInFirefox, expectLines, oneStep } from "./libraries.ts";

test.use(oneStep);

test(
  "urllib.request: cookies, redirects, forms, statuses, timeouts",
  clients,
  async ({ runnel, page, web }) => {
    await expectLines(
      { runnel, page },
      `import json
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

URL = "${web.url}"

def handler(pd: "pipedream"):
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    answer = json.load(browser.open(URL + "/cookies", timeout=10))
    print("cookies", [cookie.name for cookie in jar], answer["headers"]["cookie"])
    form = urllib.parse.urlencode({"a": "1 & 2"}).encode()
    answer = json.load(urllib.request.urlopen(URL + "/echo", data=form, timeout=10))
    print("form", answer["method"], answer["body"], answer["headers"]["content-type"])
    with urllib.request.urlopen(URL + "/bytes?count=3000000") as response:
        print("pieces", sum(len(piece) for piece in iter(lambda: response.read(65536), b"")))
    try:
        urllib.request.urlopen(URL + "/status?code=404")
    except urllib.error.HTTPError as error:
        print("status", error.code, error.read())
    try:
        urllib.request.urlopen(URL + "/hang", timeout=0.3)
    except OSError as error:  # wrapped where a busy machine is late with the connection already
        print("timeout", getattr(error, "reason", error))
`,
      [
        "cookies ['flavour'] flavour=oat",
        "form POST a=1+%26+2 application/x-www-form-urlencoded",
        "pieces 3000000",
        "status 404 b'as you asked'",
        "timeout timed out",
      ],
    );
  },
);

test(
  "http.client: keep-alive, chunks both ways, https with a certificate that is checked",
  clients,
  async ({ runnel, page, web, authority }) => {
    const secure = await startWeb(await authority.issue(["localhost"]));
    await expectLines(
      { runnel, page },
      `import http.client
import json
import ssl

def handler(pd: "pipedream"):
    connection = http.client.HTTPConnection("127.0.0.1", ${web.port}, timeout=10)
    ports = set()
    for number in range(3):
        connection.request("PUT", f"/echo?n={number}", body=iter([b"one ", b"two"]), encode_chunked=True,
                           headers={"Transfer-Encoding": "chunked"})
        ports.add(connection.sock.getsockname()[1])
        answer = json.load(connection.getresponse())
    print("chunks", answer["url"], answer["body"], "connections", len(ports))
    connection.request("HEAD", "/echo")
    response = connection.getresponse()
    print("head", response.status, response.read(), response.headers["content-type"])
    secure = http.client.HTTPSConnection("localhost", ${secure.port}, timeout=10)
    secure.request("GET", "/chunks")
    response = secure.getresponse()
    print("lines", [line.strip() for line in response][:2], secure.sock is None or secure.sock.version())
    context = ssl.create_default_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    secure = http.client.HTTPSConnection("localhost", ${secure.port}, timeout=10, context=context)
    secure.connect()
    print("chosen", secure.sock.version(), secure.sock.getpeercert()["subjectAltName"])
`,
      [
        "chunks /echo?n=2 one two connections 1",
        "head 200 b'' application/json",
        "lines [b'part 0', b'part 1']",
        "chosen TLSv1.2 (('DNS', 'localhost'),)",
      ],
    );
    await secure.close();
  },
);

test(
  "socket, select and asyncio streams, plain and with TLS",
  clientsInFirefox,
  async ({ runnel, page, web, authority }) => {
    const secure = await startWeb(await authority.issue(["localhost"]));
    await expectLines(
      { runnel, page },
      `import asyncio
import select
import socket
import ssl

ASK = b"GET /echo HTTP/1.1\\r\\nHost: here\\r\\nConnection: close\\r\\n\\r\\n"

def whole(sock):
    return b"".join(iter(lambda: sock.recv(4096), b""))

async def stream(port, context=None):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=context)
    writer.write(ASK)
    await writer.drain()
    first = await reader.readline()
    rest = await reader.read()
    writer.close()
    await writer.wait_closed()
    return first, b"here" in rest

async def streams():
    context = ssl.create_default_context()
    return await asyncio.gather(*(stream(${web.port}) for _ in range(3)), stream(${secure.port}, context))

def blocking():
    with socket.create_connection(("127.0.0.1", ${web.port}), timeout=10) as sock:
        sock.sendall(ASK)
        print("selected", select.select([sock], [], [], 10)[0] == [sock], whole(sock)[:15])
    with socket.create_connection(("localhost", ${secure.port})) as raw:
        with ssl.create_default_context().wrap_socket(raw, server_hostname="localhost") as sock:
            sock.sendall(ASK)
            print(sock.version(), sock.cipher()[0].startswith("TLS_"), whole(sock)[:15])

async def handler(pd: "pipedream"):
    blocking()
    answers = await streams()
    print("streams", len(answers), set(answers))
`,
      [
        "selected True b'HTTP/1.1 200 OK'",
        "TLSv1.3 True b'HTTP/1.1 200 OK'",
        "streams 4 {(b'HTTP/1.1 200 OK\\r\\n', True)}",
      ],
    );
    await secure.close();
  },
);

test(
  "mutual TLS: the client's certificate is accepted, none and a foreign one are refused",
  clients,
  async ({ runnel, page, authority }) => {
    const pem = ({ cert, key }: Certificate) => JSON.stringify(`${cert}\n${key}`);
    const server = https.createServer(
      {
        ...(await authority.issue(["localhost"])),
        ca: authority.cert,
        requestCert: true,
        rejectUnauthorized: true,
        // With TLS 1.2 the refusal is a part of the handshake.
        maxVersion: "TLSv1.2",
      },
      (request, response) => {
        const { subject } = (request.socket as import("node:tls").TLSSocket).getPeerCertificate();
        response.end(`welcome ${subject.CN}`);
      },
    );
    const mutual = await listen(server);
    const [ada, eve] = [await authority.issue(["ada"]), await authority.issue(["eve"], { selfSigned: true })];
    await expectLines(
      { runnel, page },
      `import ssl
import urllib.error
import urllib.request

PEMS = {"ada": ${pem(ada)}, "eve": ${pem(eve)}}

def get(name):
    context = ssl.create_default_context()
    if name:
        with open(f"/tmp/{name}.pem", "w") as file:
            file.write(PEMS[name])
        context.load_cert_chain(f"/tmp/{name}.pem")
    try:
        return urllib.request.urlopen("https://localhost:${mutual.port}/", context=context, timeout=10).read()
    except (OSError, urllib.error.URLError) as error:
        return type(getattr(error, "reason", error)).__mro__[-4].__name__

def handler(pd: "pipedream"):
    for name in ("ada", None, "eve"):
        print("as", name, get(name))
`,
      ["as ada b'welcome ada'", /as None (OSError|ConnectionError)/, /as eve (OSError|ConnectionError)/],
    );
    await mutual.close();
  },
);
