"""Packages that can't work in a browser, whatever version: why, and what to use instead."""

from __future__ import annotations

_NATIVE = "it holds native code that is not built for the browser"
_PROGRAM = "it starts another program, which a browser can't"
_BROWSER = "it steers a browser program, which can't be started from a page"
_WINDOW = "it opens windows of the operating system"
_THREADS = "it needs threads, which Python in the browser does not have"
_DRIVER = "its database driver is native code that is not built for the browser"
_LEARNING = "it needs native code and memory that a browser page does not have"
_SCRAPE = "requests with beautifulsoup4"
_SSH = "asyncssh"
_API = "the model provider's HTTP API"

_REASONS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("tensorflow", "tensorflow-cpu", "keras", "torch", "torchvision", "torchaudio"), (_LEARNING, _API)),
    **dict.fromkeys(("jax", "jaxlib", "onnxruntime", "vllm", "llama-cpp-python"), (_LEARNING, _API)),
    **dict.fromkeys(("transformers", "tokenizers", "sentence-transformers", "diffusers"), (_LEARNING, _API)),
    **dict.fromkeys(("mediapipe", "ultralytics", "faiss-cpu", "openai-whisper"), (_LEARNING, None)),
    **dict.fromkeys(("spacy", "fasttext", "gensim"), (_NATIVE, "nltk")),
    **dict.fromkeys(("prophet", "catboost"), (_NATIVE, "statsmodels, xgboost or scikit-learn")),
    **dict.fromkeys(("numba", "llvmlite"), ("it compiles to the machine's own code", "numpy")),
    **dict.fromkeys(("psycopg2", "psycopg2-binary"), (_DRIVER, "pg8000")),
    **dict.fromkeys(("pyodbc", "pymssql", "cx-oracle", "oracledb"), (_DRIVER, None)),
    "snowflake-connector-python": (_DRIVER, "Snowflake's SQL API with requests"),
    "confluent-kafka": (_NATIVE, None),
    "grpcio": ("gRPC is native code that is not built for the browser", "the service's REST API with requests"),
    "grpcio-tools": ("gRPC is native code that is not built for the browser", None),
    "grpcio-status": ("gRPC is native code that is not built for the browser", "the service's REST API with requests"),
    **dict.fromkeys(("pyspark", "py4j", "jpype1", "tabula-py"), ("it needs a Java machine", None)),
    "rpy2": ("it needs R", None),
    "ray": (_PROGRAM, None),
    **dict.fromkeys(("selenium", "playwright", "pyppeteer", "webdriver-manager", "requests-html"), (_BROWSER, _SCRAPE)),
    **dict.fromkeys(("undetected-chromedriver", "splinter", "helium"), (_BROWSER, _SCRAPE)),
    **dict.fromkeys(("pdfkit", "imgkit", "weasyprint"), (_PROGRAM, "fpdf2 or reportlab")),
    **dict.fromkeys(("pytesseract", "pdf2image", "ffmpeg-python", "docker", "ansible"), (_PROGRAM, None)),
    "python-magic": ("it needs the library libmagic", "puremagic"),
    **dict.fromkeys(("paramiko", "fabric", "pysftp", "scp", "sshtunnel", "netmiko"), (_THREADS, _SSH)),
    **dict.fromkeys(("gevent", "eventlet", "greenlet", "uvloop"), (_NATIVE, "asyncio")),
    "pyzmq": (_NATIVE, None),
    "pycurl": (_NATIVE, "requests"),
    "python-ldap": (_NATIVE, "ldap3"),
    "gdal": (_NATIVE, "rasterio or fiona"),
    "psutil": ("there are no processes to look at in a browser", None),
    **dict.fromkeys(("dlib", "face-recognition", "open3d", "ta-lib", "pyaudio"), (_NATIVE, None)),
    **dict.fromkeys(("opencv-python-headless", "opencv-contrib-python"), (_NATIVE, "opencv-python")),
    **dict.fromkeys(("pyqt5", "pyqt6", "pyside2", "pyside6", "wxpython", "pygobject", "kivy", "pyautogui"), (_WINDOW, None)),
    **dict.fromkeys(("pywin32", "pyobjc", "rpi-gpio"), ("it belongs to one operating system or device", None)),
    **dict.fromkeys(("pyserial", "pyusb", "pybluez"), ("a browser gives Python no devices", None)),
    **dict.fromkeys(("gunicorn", "uwsgi"), ("a step can't accept connections", None)),
}


def reason_for(package: str) -> str | None:
    """Why the package can't work here, as sentences; None for packages that may. `package` is normalised."""
    known = _REASONS.get(package)
    if known is None:
        return None
    why, instead = known
    return f"{package} can't work in the browser: {why}." + (f" Use {instead} instead." if instead else "")


def alternative_for(package: str) -> str | None:
    """What to use instead, where there is something."""
    known = _REASONS.get(package)
    return known[1] if known else None
