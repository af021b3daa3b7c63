"""Data: packages that people use, for suggestions where a name is misspelt. Loaded only then."""

_NAMES = """
absl-py accelerate aenum affine aiobotocore aiocache aiodns aiofiles aiogram aiohappyeyeballs aiohttp aiohttp-retry
aioitertools aiomqtt aiomysql aiopg aioredis aiosignal aiosmtplib aiosqlite airtable-python-wrapper alembic
algoliasearch altair amqp annotated-types anthropic anyio apache-airflow appdirs apscheduler argcomplete argon2-cffi
arrow asana asgiref asn1crypto astor astroid astropy asttokens asyncpg asyncssh atlassian-python-api atproto attrs
audioop-lts authlib autobahn autograd aws-lambda-powertools azure-ai-inference azure-core azure-cosmos
azure-data-tables azure-eventhub azure-functions azure-identity azure-keyvault-secrets azure-mgmt-compute
azure-mgmt-resource azure-servicebus azure-storage-blob azure-storage-queue babel backoff bandit bcrypt beartype
beautifulsoup4 betamax billiard binaryornot biopython bitarray black bleach blessed blinker bokeh boltons boto boto3
botocore boxsdk braintree brotli bs4 cachecontrol cachetools cairosvg caldav calmjs capstone case-converter
cassandra-driver catalogue cattrs celery cerberus certifi cffi chardet charset-normalizer cheroot cherrypy chevron
chromadb ciso8601 click click-plugins clickhouse-connect clickhouse-driver clickup-python cloudflare cloudinary
cloudpickle cloudscraper cohere colorama coloredlogs colorlog colour commonmark confection confluent-kafka contourpy
cookiecutter coverage croniter cryptography cssselect cssutils curlify cvxpy cycler cymem cython dacite dash dask
databases databricks-sdk databricks-sql-connector dataclasses-json datadog datadog-api-client dataset dateparser ddt
deap debugpy decorator deepdiff deepl deepmerge defusedxml delta-spark deprecated deprecation dictdiffer
diff-match-patch dill dirty-equals discord discord-py diskcache distlib distro django django-cors-headers
django-filter djangorestframework dnspython docker docling docopt docutils docx2txt docxcompose docxtpl dogpile-cache
dominate dpath dropbox duckdb duckduckgo-search dulwich ecdsa edgedb editdistance elastic-transport elasticsearch
elasticsearch-dsl email-validator emoji enum34 environs ephem et-xmlfile eth-account eth-utils evaluate exa-py
exceptiongroup exchangelib executing exif facebook-business facebook-sdk factory-boy faiss-cpu faker falcon fastapi
fastavro fastcore fastjsonschema fastparquet fasttext feedgen feedparser figma-python filelock filetype findspark
fiona firebase-admin firecrawl-py flake8 flask flask-cors flask-login flask-sqlalchemy flatbuffers flatten-json flit
folium fonttools formencode fpdf fpdf2 freezegun freshdesk frozendict frozenlist fs fsspec ftfy furl future fuzzywuzzy
gdown gensim geocoder geographiclib geoip2 geojson geopandas geopy gevent ghapi ghostscript giphy-client gitdb
github3-py gitpython glom gnupg google-ads google-ai-generativelanguage google-analytics-data google-api-core
google-api-python-client google-auth google-auth-httplib2 google-auth-oauthlib google-cloud-bigquery google-cloud-core
google-cloud-firestore google-cloud-functions google-cloud-logging google-cloud-pubsub google-cloud-secret-manager
google-cloud-speech google-cloud-storage google-cloud-tasks google-cloud-translate google-cloud-vision google-crc32c
google-genai google-generativeai google-play-scraper google-resumable-media googleapis-common-protos googlemaps
googlesearch-python googletrans gql gradio graphene graphql-core graphviz greenlet grequests groq grpcio gspread
gspread-dataframe gtts guessit gunicorn h11 h2 h3 h5py haversine hdbscan helium hexbytes hiredis hnswlib holidays
holoviews hpack html2text html5lib htmlmin httpbin httpcore httplib2 httptools httpx httpx-sse hubspot-api-client
huggingface-hub humanfriendly humanize hvac hypercorn hyperframe hyperlink hypothesis ibm-watson icalendar identify
idna ijson imagehash imageio imapclient imbalanced-learn importlib-metadata importlib-resources incremental inflect
inflection influxdb influxdb-client iniconfig inquirer instagrapi instaloader instructor intuit-oauth ipaddress
ipython ipywidgets iso3166 iso4217 iso8601 isodate isoduration isort itsdangerous jaraco-text jedi jellyfish jieba
jinja2 jinja2-time jira jiter jmespath joblib josepy js2py jsbeautifier json-repair json5 jsondiff jsonlines jsonpatch
jsonpath-ng jsonpickle jsonpointer jsonref jsonschema jsonschema-specifications junitparser jupyter jwcrypto
kafka-python keras keyring kiwisolver klaviyo-api kombu kubernetes langchain langchain-anthropic langchain-community
langchain-core langchain-openai langchain-text-splitters langdetect langgraph langid langsmith lark
launchdarkly-server-sdk lazy-object-proxy ldap3 levenshtein libcst librosa lifelines lightgbm limits line-bot-sdk
linkedin-api litellm livekit-api llama-index llvmlite lmdb locust logbook loguru looker-sdk lru-dict lxml lz4 magic
mailchimp-marketing mailchimp-transactional mailgun mailjet-rest mako mammoth mandrill manifold mapbox markdown
markdown-it-py markdown2 markdownify markupsafe marshmallow mastodon-py matplotlib mattermostdriver maxminddb mccabe
mcp mdit-py-plugins mdurl meilisearch memory-profiler mergedeep messagebird microsoft-kiota-abstractions milvus minio
mistralai mistune mixpanel mlflow mmh3 mock modal moment mongoengine monotonic more-itertools moto motor moviepy
mpmath msal msal-extensions msgpack msgraph-core msgraph-sdk msgspec msrest multidict multimethod multipledispatch
munch mutagen mypy mypy-extensions mysql-connector-python mysqlclient nats-py natsort ndg-httpsclient neo4j netaddr
netmiko networkx newspaper3k nexmo nh3 nltk nodeenv notebook notion notion-client novu numba numexpr numpy
numpy-financial nylas oauth2client oauthlib obspy odfpy office365-rest-python-client ollama omegaconf onetimepass onnx
onnxruntime openai openai-agents opencv-python openpyxl opensearch-py opentelemetry-api opentelemetry-sdk optuna
oracledb ordered-set orjson outlines overrides packaging paho-mqtt palettable pandas pandas-gbq pandera paramiko parse
parsel parsimonious parso passlib paste pathlib2 pathspec pathvalidate patsy pbr pdf2image pdfkit pdfminer-six
pdfplumber pdoc peewee pendulum pep8 pexpect pg8000 pgvector phonenumbers phonenumberslite pika pikepdf pillow
pillow-heif pinecone pinecone-client pint pip-tools pipenv plaid-python platformdirs playwright plotly pluggy poetry
polars polib portalocker postgrest posthog postmarker ppft praw prawcore pre-commit premailer prettytable progressbar2
prometheus-client promise prompt-toolkit propcache prophet proto-plus protobuf psutil psycopg psycopg-pool psycopg2
psycopg2-binary ptyprocess publicsuffix2 pubnub puremagic pusher py-trello py7zr pyairtable pyarrow pyasn1
pyasn1-modules pyaudio pybase62 pybind11 pycountry pycparser pycryptodome pycryptodomex pycurl pydantic pydantic-ai
pydantic-core pydantic-settings pydot pydub pyee pyfiglet pyflakes pygal pygame pygithub pygments pygsheets pyhamcrest
pyhocon pyhumps pyinstaller pyjwt pykakasi pylint pymemcache pymilvus pymongo pymssql pymupdf pymysql pynacl pynamodb
pynput pyodbc pyopenssl pyotp pypandoc pyparsing pypdf pypdf2 pyperclip pypika pyppeteer pyproj pyqrcode pyquery
pyramid pyrate-limiter pyrebase4 pyright pyrsistent pyserial pysftp pyshorteners pysocks pyspark pyspellchecker
pystache pysubs2 pytesseract pytest pytest-asyncio pytest-cov pytest-mock python-barcode python-binance python-consul
python-dateutil python-decouple python-docx python-dotenv python-editor python-engineio python-frontmatter
python-gitlab python-http-client python-intercom python-jenkins python-jose python-json-logger python-ldap
python-levenshtein python-magic python-multipart python-pptx python-slugify python-snappy python-socketio
python-telegram-bot python-twitter python3-saml pytrends pytube pytz pyusb pyvis pyvmomi pywavelets pyyaml
pyyaml-env-tag pyzipper pyzmq qdrant-client qrcode quart questionary quickjs random-user-agent rapidfuzz rarfile
ratelimit ray razorpay readability-lxml readchar recordlinkage recurring-ical-events redis redis-py-cluster
referencing regex rembg replicate reportlab requests requests-aws4auth requests-cache requests-file requests-futures
requests-html requests-mock requests-ntlm requests-oauthlib requests-toolbelt resend responses restructuredtext-lint
retry retrying rfc3339-validator rfc3986 rich rich-click ringcentral robin-stocks rocketchat-api roman rpds-py rsa
rstr rtree ruamel-yaml ruff s3fs s3transfer safetensors salesforce-bulk scapy schedule schema schematics schwifty
scikit-image scikit-learn scipy scrapy seaborn segment-analytics-python selectolax selenium semantic-version semver
sendgrid sentence-transformers sentencepiece sentry-sdk setuptools shap shapely shellingham shippo shopifyapi
shortuuid signxml simple-salesforce simplejson singer-sdk six slack slack-bolt slack-sdk slackclient smart-open
smartsheet-python-sdk smmap snakeviz sniffio snowballstemmer snowflake-connector-python snowflake-sqlalchemy socksio
sortedcontainers soupsieve spacy sparkpost speechrecognition sphinx spotipy sqlalchemy sqlalchemy-utils sqlglot
sqlite-utils sqlmodel sqlparse squareup srsly sse-starlette sseclient-py sshtunnel starlette statsd statsmodels
stomp-py stravalib streamlit stringcase stripe structlog suds-community sumy supabase svglib svgwrite sympy tabula-py
tabulate tavily-python tblib telebot telegram telethon tenacity tensorflow termcolor terminaltables testcontainers
textblob textdistance textstat texttable tflite thefuzz thinc thrift tiktoken time-machine timezonefinder tinycss2
tinydb tld tldextract todoist-api-python together tokenizers toml tomli tomli-w tomlkit toolz torch torchvision
tornado tox tqdm traitlets transformers translate transliterate trello trino trio trio-websocket ttkbootstrap tweepy
twilio twisted twitch-python twitchapi typeform typeguard typer types-requests typing-extensions typing-inspect
typing-inspection tzdata tzlocal ua-parser ujson umap-learn uncertainties unidecode unidiff unstructured uritemplate
uritools url-normalize urllib3 user-agents uuid6 uvicorn uvloop validators vcrpy viberbot vine virtualenv voluptuous
vonage w3lib waitress wand watchdog watchfiles wcwidth weasyprint weaviate-client web3 webargs webcolors
webdriver-manager webencodings webexteamssdk websocket-client websockets webtest werkzeug wheel whitenoise whoosh
wikipedia wikipedia-api wikitextparser woocommerce wordcloud workos wrapt wsproto wtforms xarray xero-python xgboost
xhtml2pdf xlrd xlsx2csv xlsxwriter xlutils xlwings xlwt xmlschema xmlsec xmltodict xxhash yamllint yarl yattag
yfinance youtube-dl youtube-transcript-api yt-dlp zeep zenpy zipp zipstream-new zope-interface zstandard zulip
"""

POPULAR: frozenset[str] = frozenset(_NAMES.split())
