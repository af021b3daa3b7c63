import { test } from "../product.ts";
import { startWeb } from "../servers/web.ts";
import { expectLines, installedClients, installedClientsInFirefox, oneStep } from "./libraries.ts";

test.use(oneStep);

test(
  "requests: sessions, cookies, redirects, gzip, forms, files, streams, hooks",
  installedClientsInFirefox,
  async ({ runnel, page, web }) => {
    await expectLines(
      { runnel, page },
      `import hashlib
import io
import requests

URL = "${web.url}"

def handler(pd: "pipedream"):
    with requests.Session() as session:
        session.headers["X-Mine"] = "yes"
        answer = session.get(URL + "/cookies", timeout=10)
        print("history", [r.status_code for r in answer.history], dict(session.cookies))
        sent = session.post(URL + "/echo", json={"n": 1}, auth=("ada", "pw")).json()["headers"]
        print("sent", sent["x-mine"], sent["cookie"], sent["authorization"], sent["content-type"])
    squeezed = requests.get(URL + "/gzip")
    print("gzip", len(squeezed.text), squeezed.headers["content-encoding"])
    data = bytes(range(256)) * 4000
    form = requests.post(URL + "/form", data={"title": "Grüße"}, files={
        "file": ("data.bin", io.BytesIO(data), "application/x-thing"),
    }).json()
    print("form", form["title"], form["file"]["filename"], form["file"]["size"],
          form["file"]["sha256"] == hashlib.sha256(data).hexdigest())
    with requests.get(URL + "/bytes?count=2500000", stream=True) as response:
        pieces = [len(piece) for piece in response.iter_content(100_000)]
    print("stream", sum(pieces), len(pieces) > 5)
    def lines():
        for number in range(3):
            yield b"line %d;" % number
    print("generator", requests.put(URL + "/echo", data=lines()).json()["body"])
    try:
        requests.get(URL + "/status?code=503").raise_for_status()
    except requests.HTTPError as error:
        print("raised", error.response.status_code)
    try:
        requests.get(URL + "/hang", timeout=(5, 0.3))
    except requests.ReadTimeout as error:
        print("timeout", "Read timed out" in str(error))
`,
      [
        "history [302] {'flavour': 'oat'}",
        "sent yes flavour=oat Basic YWRhOnB3 application/json",
        "gzip 9000 gzip",
        "form Grüße data.bin 1024000 True",
        "stream 2500000 True",
        "generator line 0;line 1;line 2;",
        "raised 503",
        "timeout True",
      ],
    );
  },
);

test(
  "requests: retries with urllib3, certificates checked, not checked, or against one's own",
  installedClients,
  async ({ runnel, page, web, authority }) => {
    const secure = await startWeb(await authority.issue(["localhost"]));
    const own = await authority.issue(["localhost"], { selfSigned: true });
    const selfSigned = await startWeb(own);
    await expectLines(
      { runnel, page },
      `import warnings
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

def handler(pd: "pipedream"):
    warnings.simplefilter("ignore")
    print("checked", requests.get("https://localhost:${secure.port}/echo", timeout=10).ok)
    url = "https://localhost:${selfSigned.port}/echo"
    try:
        requests.get(url, timeout=10)
    except requests.exceptions.SSLError as error:
        print("refused", "self-signed certificate" in str(error))
    print("not checked", requests.get(url, verify=False).ok)
    with open("/tmp/own.pem", "w") as file:
        file.write(${JSON.stringify(own.cert)})
    print("own", requests.get(url, verify="/tmp/own.pem").ok)
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=2, status_forcelist=[503], backoff_factor=0.01)))
    try:
        session.get("${web.url}/status?code=503")
    except requests.exceptions.RetryError as error:
        print("retried", "too many 503" in str(error))
`,
      ["checked True", "refused True", "not checked True", "own True", "retried True"],
    );
    await Promise.all([secure.close(), selfSigned.close()]);
  },
);
