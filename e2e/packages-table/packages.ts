/** What is tried of each package: `WEB` is a web server of this machine, `SMALL` a small HTML page. */
export interface Trial {
  /** As the index calls it. */
  readonly name: string;
  /** The import that is timed; several go with "; ". */
  readonly imports: string;
  /** One real call, an expression. */
  readonly call: string;
}

const trial = (name: string, imports: string, call: string): Trial => ({ name, imports, call });

/** By what they are for, the most used first. */
export const trials: Readonly<Record<string, readonly Trial[]>> = {
  "HTTP and the network": [
    trial("requests", "import requests", `requests.get(WEB + "/echo", timeout=10).json()["method"]`),
    trial("httpx", "import httpx", `httpx.get(WEB + "/echo").status_code`),
    trial("aiohttp", "import aiohttp, asyncio", `await fetch(aiohttp, WEB + "/echo")`),
    trial("urllib3", "import urllib3", `urllib3.PoolManager().request("GET", WEB + "/gzip").status`),
    trial("httplib2", "import httplib2", `httplib2.Http().request(WEB + "/echo")[0].status`),
    trial(
      "requests-oauthlib",
      "from requests_oauthlib import OAuth1Session",
      `OAuth1Session("key").get(WEB + "/echo").ok`,
    ),
    trial("websockets", "import websockets", `websockets.Headers(a="b")["a"]`),
    trial("dnspython", "import dns.name", `dns.name.from_text("www.example.com").parent().to_text()`),
  ],
  Services: [
    trial(
      "slack-sdk",
      "from slack_sdk.models.blocks import SectionBlock",
      `SectionBlock(text="Hello").to_dict()["type"]`,
    ),
    trial(
      "openai",
      "from openai import OpenAI",
      `OpenAI(api_key="x", base_url=WEB).get("/echo", cast_to=dict)["method"]`,
    ),
    trial(
      "anthropic",
      "from anthropic import Anthropic",
      `Anthropic(api_key="x", base_url=WEB).get("/echo", cast_to=dict[str, object])["method"]`,
    ),
    trial(
      "boto3",
      "import boto3",
      `boto3.client("s3", region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b").generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"})[:20]`,
    ),
    trial(
      "stripe",
      "import stripe",
      `stripe.Webhook.construct_event('{"object": "event"}', stripe_header(stripe), "secret").object`,
    ),
    trial("twilio", "from twilio.twiml.voice_response import VoiceResponse", `str(VoiceResponse())[-11:]`),
    trial(
      "sendgrid",
      "from sendgrid.helpers.mail import Mail",
      `Mail("a@b.c", "d@e.f", "Subject", "text").get()["subject"]`,
    ),
    trial(
      "notion-client",
      "from notion_client import Client",
      `Client(auth="x", base_url=WEB).request("echo", "GET")["method"]`,
    ),
    trial("PyGithub", "import github", `github.Github().get_rate_limit.__name__`),
    trial(
      "google-auth",
      "import google.auth.jwt",
      `google.auth.jwt.decode_header("eyJhbGciOiJub25lIn0.e30.")["alg"]`,
    ),
    trial(
      "google-api-python-client",
      "import googleapiclient.discovery",
      `googleapiclient.discovery.build("sheets", "v4", developerKey="x").spreadsheets().get(spreadsheetId="1").method`,
    ),
    trial("hubspot-api-client", "import hubspot", `hubspot.Client.create(access_token="x").access_token`),
    trial(
      "simple-salesforce",
      "from simple_salesforce import format_soql",
      `format_soql("SELECT Id FROM A WHERE n = {}", "O'Hara")`,
    ),
    trial("pyairtable", "from pyairtable import Api", `Api("key").table("base", "table").name`),
  ],
  Databases: [
    trial("redis", "import redis", `redis.Redis(port=6379).connection_pool.connection_kwargs["port"]`),
    trial("pg8000", "import pg8000.native", `pg8000.native.literal("O'Hara")`),
    trial("PyMySQL", "import pymysql.converters", `pymysql.converters.escape_string("O'Hara")`),
    trial(
      "SQLAlchemy",
      "import sqlalchemy",
      `sqlalchemy.create_engine("sqlite://").connect().execute(sqlalchemy.text("select 6 * 7")).scalar()`,
    ),
    trial("pymongo", "import bson", `bson.decode(bson.encode({"a": 1}))`),
    trial(
      "peewee",
      "import peewee",
      `peewee.SqliteDatabase(":memory:").execute_sql("select 6 * 7").fetchone()`,
    ),
    trial("psycopg2", "import psycopg2", `psycopg2.__version__`),
    trial("duckdb", "import duckdb", `duckdb.sql("select 6 * 7").fetchone()`),
  ],
  "Text, dates, numbers": [
    trial("python-dateutil", "from dateutil import parser", `parser.parse("2 January 2026 3pm").isoformat()`),
    trial("pytz", "import pytz", `str(pytz.timezone("Europe/Berlin"))`),
    trial("tzdata", "import tzdata; from zoneinfo import ZoneInfo", `str(ZoneInfo("Asia/Tokyo"))`),
    trial("arrow", "import arrow", `arrow.get("2026-01-02").shift(months=1).format("YYYY-MM-DD")`),
    trial("pendulum", "import pendulum", `pendulum.datetime(2026, 1, 2).add(months=1).to_date_string()`),
    trial("humanize", "import humanize", `humanize.naturalsize(123456789)`),
    trial("python-slugify", "from slugify import slugify", `slugify("Grüße aus Köln")`),
    trial("Unidecode", "from unidecode import unidecode", `unidecode("北京")`),
    trial(
      "phonenumbers",
      "import phonenumbers",
      `phonenumbers.format_number(phonenumbers.parse("+14155552671"), 2)`,
    ),
    trial("regex", "import regex", `regex.findall(r"\\p{Lu}", "AbCdÉ")`),
    trial("rapidfuzz", "from rapidfuzz import fuzz", `fuzz.ratio("workflow", "work flow")`),
    trial("Faker", "from faker import Faker", `Faker(seed=1).name().__class__.__name__`),
    trial("sympy", "import sympy", `str(sympy.integrate("x**2", sympy.Symbol("x")))`),
    trial("networkx", "import networkx", `networkx.shortest_path(networkx.path_graph(4), 0, 3)`),
    trial("numpy", "import numpy", `float(numpy.arange(10).mean())`),
    trial("pandas", "import pandas", `int(pandas.DataFrame({"a": [1, 2]})["a"].sum())`),
    trial("scipy", "import scipy.optimize", `float(scipy.optimize.brentq(lambda x: x * x - 2, 0, 2))`),
    trial("scikit-learn", "import sklearn", `sklearn.__version__`),
    trial("polars", "import polars", `polars.DataFrame({"a": [1, 2]}).height`),
  ],
  Formats: [
    trial("beautifulsoup4", "from bs4 import BeautifulSoup", `BeautifulSoup(SMALL, "html.parser").h1.text`),
    trial("lxml", "import lxml.html", `lxml.html.fromstring(SMALL).findtext(".//h1")`),
    trial("PyYAML", "import yaml", `yaml.safe_load("a: [1, 2]")`),
    trial("pydantic", "import pydantic", `pydantic.TypeAdapter(list[int]).validate_python(["1", 2])`),
    trial("jsonschema", "import jsonschema", `jsonschema.validate([1], {"type": "array"})`),
    trial("orjson", "import orjson", `orjson.dumps({"a": 1})`),
    trial("Jinja2", "import jinja2", `jinja2.Template("Hello {{ name }}").render(name="Ada")`),
    trial("Markdown", "import markdown", `markdown.markdown("# Title")`),
    trial(
      "feedparser",
      "import feedparser",
      `feedparser.parse("<rss><channel><title>News</title></channel></rss>").feed.title`,
    ),
    trial("xmltodict", "import xmltodict", `xmltodict.parse("<a><b>1</b></a>")["a"]["b"]`),
    trial("openpyxl", "import openpyxl", `openpyxl.Workbook().active.title`),
    trial(
      "XlsxWriter",
      "import io, xlsxwriter",
      `xlsxwriter.Workbook(io.BytesIO()).add_worksheet("Sales").name`,
    ),
    trial("python-docx", "import docx", `len(docx.Document().paragraphs)`),
    trial("pypdf", "import pypdf", `len(pypdf.PdfWriter().pages)`),
    trial("fpdf2", "import fpdf", `len(fpdf.FPDF().output()) > 300`),
    trial(
      "reportlab",
      "from reportlab.pdfgen import canvas",
      `len(canvas.Canvas("/tmp/a.pdf").getpdfdata()) > 300`,
    ),
    trial("pillow", "from PIL import Image", `Image.new("RGB", (2, 2)).size`),
    trial("qrcode", "import qrcode", `len(qrcode.QRCode().get_matrix()) >= 0`),
    trial(
      "protobuf",
      "from google.protobuf import struct_pb2",
      `struct_pb2.Value(number_value=1).number_value`,
    ),
    trial("msgpack", "import msgpack", `msgpack.unpackb(msgpack.packb([1, "a"]))`),
  ],
  Helpers: [
    trial("PyJWT", "import jwt", `jwt.decode(jwt.encode({"a": 1}, "s" * 32), "s" * 32, ["HS256"])`),
    trial(
      "cryptography",
      "from cryptography.fernet import Fernet",
      `Fernet(Fernet.generate_key()).encrypt(b"x")[:1]`,
    ),
    trial("pycryptodome", "from Crypto.Hash import SHA256", `SHA256.new(b"x").hexdigest()[:8]`),
    trial("bcrypt", "import bcrypt", `bcrypt.checkpw(b"x", bcrypt.hashpw(b"x", bcrypt.gensalt(4)))`),
    trial("attrs", "import attrs", `attrs.asdict(attrs.make_class("P", ["x"])(1))`),
    trial("tenacity", "import tenacity", `tenacity.Retrying(stop=tenacity.stop_after_attempt(2))(int, "7")`),
    trial("cachetools", "import cachetools", `cachetools.LRUCache(2).maxsize`),
    trial("more-itertools", "import more_itertools", `list(more_itertools.chunked(range(5), 2))`),
    trial("click", "import click", `click.style("x", fg="red")`),
    trial("rich", "import rich.console", `rich.console.Console().is_terminal`),
    trial("tqdm", "from tqdm import tqdm", `sum(tqdm(range(4), disable=True))`),
    trial("tabulate", "from tabulate import tabulate", `tabulate([[1, 2]], headers=["a", "b"])[:4]`),
    trial("python-dotenv", "from dotenv import dotenv_values", `dotenv_values("/tmp/none")`),
    trial("nltk", "from nltk.stem import PorterStemmer", `PorterStemmer().stem("running")`),
    trial("tiktoken", "import tiktoken", `tiktoken.list_encoding_names()[0]`),
    trial("matplotlib", "import matplotlib", `matplotlib.get_backend()`),
    trial("torch", "import torch", `torch.__version__`),
  ],
};

/** A step that tries one package, and prints what came of it as one line of JSON behind `ROW `. */
export function stepOf({ name, imports, call }: Trial, web: string): string {
  const asynchronous = call.startsWith("await ");
  return `# pipedream add-package ${name}
import hashlib, hmac, importlib.metadata, json, time

WEB = "${web}"
SMALL = "<html><body><h1>Hello</h1></body></html>"

async def fetch(aiohttp, url):
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status

def stripe_header(stripe):
    signed = f'{int(time.time())}.{{"object": "event"}}'
    return f"t={signed.split('.')[0]},v1={hmac.new(b'secret', signed.encode(), hashlib.sha256).hexdigest()}"

${asynchronous ? "async def" : "def"} handler(pd: "pipedream"):
    start = time.perf_counter()
    ${imports}
    seconds = time.perf_counter() - start
    result = ${call}
    version = importlib.metadata.version("${name}")
    print("ROW " + json.dumps({"version": version, "seconds": seconds, "result": repr(result)[:60]}))
`;
}
