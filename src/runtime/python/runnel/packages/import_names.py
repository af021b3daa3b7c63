"""Data: which package provides an import whose name differs from it. Dotted names where a namespace is shared."""

_PAIRS = """
argon2 argon2-cffi | attr attrs | audioop audioop-lts | babel babel | barcode python-barcode | Bio biopython
bs4 beautifulsoup4 | bson pymongo | cairo pycairo | cerberus cerberus | chess chess | consul python-consul
Crypto pycryptodome | Cryptodome pycryptodomex | cv2 opencv-python | cx_Oracle cx-oracle | dateutil python-dateutil
decouple python-decouple | discogs_client python3-discogs-client | discord discord-py | dns dnspython | docx python-docx
dotenv python-dotenv | ebooklib ebooklib | engineio python-engineio | environ django-environ | facebook facebook-sdk
faker faker | ffmpeg ffmpeg-python | fitz pymupdf | flirt python-flirt | future future | past future | gi pygobject
git gitpython | github pygithub | gitlab python-gitlab | gnupg python-gnupg | googleapiclient google-api-python-client
apiclient google-api-python-client | graphql graphql-core | gridfs pymongo | gtts gtts | hubspot hubspot-api-client
igraph igraph | imapclient imapclient | influxdb_client influxdb-client | intercom python-intercom
intuitlib intuit-oauth | jose python-jose | jwt pyjwt | kafka kafka-python | ldap python-ldap
Levenshtein levenshtein | magic python-magic | mailparser mail-parser | memcache python-memcached | markdown markdown
mpl_toolkits matplotlib | pylab matplotlib | MySQLdb mysqlclient | mysql.connector mysql-connector-python
nacl pynacl | nats nats-py | nmap python-nmap | odf odfpy | office365 office365-rest-python-client
onelogin python3-saml | OpenGL pyopengl | opensearchpy opensearch-py | OpenSSL pyopenssl | osgeo gdal | paho paho-mqtt
pdfminer pdfminer-six | PIL pillow | pkg_resources setuptools | _distutils_hack setuptools | pptx python-pptx
psycopg_binary psycopg-binary | pygame pygame-ce | pysat python-sat | pythoncom pywin32 | win32api pywin32
win32com pywin32 | pywt pywavelets | quickbooks python-quickbooks | readability readability-lxml
RPi rpi-gpio | rpds rpds-py | ruamel ruamel-yaml | saml2 pysaml2 | serial pyserial | shapefile pyshp
shopify shopifyapi | skimage scikit-image | sklearn scikit-learn | slack slackclient | slugify python-slugify
smb pysmb | snappy python-snappy | snowflake.connector snowflake-connector-python | socketio python-socketio
socks pysocks | speech_recognition speechrecognition | square squareup | suds suds-community | taglib pytaglib
talib ta-lib | telebot pytelegrambotapi | telegram python-telegram-bot | tlz toolz | trello py-trello
twitter python-twitter | usb pyusb | vt vt-py | weaviate weaviate-client
websocket websocket-client | whois python-whois | wikipediaapi wikipedia-api | woocommerce woocommerce
wordpress_xmlrpc python-wordpress-xmlrpc | wx wxpython | xlsxwriter xlsxwriter | Xlib python-xlib
yaml pyyaml | zmq pyzmq | zope.interface zope-interface | skopt scikit-optimize | sib_api_v3_sdk sib-api-v3-sdk
umap umap-learn | hdbscan hdbscan | community python-louvain | pyximport cython | Cython cython | lakers lakers-python
paypalcheckoutsdk paypal-checkout-serversdk | pyrebase pyrebase4 | vobject vobject | saspy saspy | exif exif
backports.zoneinfo backports-zoneinfo | ruamel.yaml ruamel-yaml | jaraco.text jaraco-text | flask_cors flask-cors
rest_framework djangorestframework | django django | mako mako | erfa pyerfa | PyPDF2 pypdf2 | unidecode unidecode

google protobuf | google.protobuf protobuf | google.auth google-auth | google.oauth2 google-auth
google.api_core google-api-core | google.api googleapis-common-protos | google.rpc googleapis-common-protos
google.type googleapis-common-protos | google.longrunning googleapis-common-protos | google.ads google-ads
google.genai google-genai | google.generativeai google-generativeai | google.ai google-ai-generativelanguage
google.analytics.data google-analytics-data | google.analytics.data_v1beta google-analytics-data
google.analytics.admin google-analytics-admin | google.resumable_media google-resumable-media
google.cloud.secretmanager google-cloud-secret-manager | google.cloud.secretmanager_v1 google-cloud-secret-manager
google.cloud.resourcemanager google-cloud-resource-manager | google.cloud.exceptions google-cloud-core
google.cloud.client google-cloud-core | google.cloud.ndb google-cloud-ndb
google.cloud.recaptchaenterprise google-cloud-recaptcha-enterprise | google_crc32c google-crc32c

azure.core azure-core | azure.identity azure-identity | azure.cosmos azure-cosmos | azure.servicebus azure-servicebus
azure.eventhub azure-eventhub | azure.eventgrid azure-eventgrid | azure.functions azure-functions
azure.storage.blob azure-storage-blob | azure.storage.queue azure-storage-queue
azure.storage.fileshare azure-storage-file-share | azure.storage.filedatalake azure-storage-file-datalake
azure.data.tables azure-data-tables | azure.keyvault.secrets azure-keyvault-secrets
azure.keyvault.keys azure-keyvault-keys | azure.keyvault.certificates azure-keyvault-certificates
azure.ai.textanalytics azure-ai-textanalytics | azure.ai.formrecognizer azure-ai-formrecognizer
azure.ai.inference azure-ai-inference | azure.search.documents azure-search-documents | azure.devops azure-devops
azure.mgmt.resource azure-mgmt-resource | azure.mgmt.compute azure-mgmt-compute | azure.mgmt.storage azure-mgmt-storage
azure.communication.email azure-communication-email | azure.communication.sms azure-communication-sms
azure.monitor.query azure-monitor-query | azure.appconfiguration azure-appconfiguration | azure.batch azure-batch
"""

PACKAGE_OF_IMPORT: dict[str, str] = dict(
    entry.split() for line in _PAIRS.splitlines() for entry in line.split("|") if entry.strip()  # type: ignore[misc]
)
"""Import name → package, in the form that all spellings of a package's name share (PEP 503)."""

_SAME_NAME = """
aiohttp airtable anthropic arrow asana asyncpg beautifulsoup4 bcrypt bleach boto3 botocore boxsdk cachetools certifi
cffi chardet charset-normalizer click cohere colorama croniter cryptography dateparser deepdiff deepl dropbox duckdb
elasticsearch email-validator emoji fastapi fastavro feedparser flask fpdf2 gql gspread h11 h2 holidays html2text
html5lib httplib2 httpx huggingface-hub icalendar idna imageio inflect itsdangerous jinja2 jira jmespath jsonpath-ng
jsonschema langchain langchain-openai lxml mailchimp-marketing markdownify marshmallow matplotlib mistune msal msgpack
networkx nltk notion-client numpy oauthlib openai openpyxl orjson pandas paramiko pendulum peewee phonenumbers
pinecone plotly polars praw prettytable protobuf pyairtable pyarrow pycountry pydantic pymongo pymysql pypdf
pytz pg8000 qrcode rapidfuzz redis regex reportlab requests requests-oauthlib requests-toolbelt rich scipy
seaborn sendgrid sentry-sdk shapely simple-salesforce simplejson six slack-bolt slack-sdk spotipy sqlalchemy
statsmodels stripe supabase sympy tabulate tenacity textblob tiktoken todoist-api-python tomlkit toolz tqdm tweepy
twilio typing-extensions tzdata tzlocal ujson urllib3 websockets wikipedia xlrd xmltodict yfinance yt-dlp zeep zenpy
"""

KNOWN_PACKAGES: frozenset[str] = frozenset(PACKAGE_OF_IMPORT.values()) | frozenset(_SAME_NAME.split())
"""Packages that people use, for suggestions where a name is misspelt."""
