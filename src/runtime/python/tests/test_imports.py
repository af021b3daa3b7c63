"""What a step's code needs, read from the code."""

from __future__ import annotations

import textwrap
import unittest

from runnel.packages.distributions import distribution_for, import_key, learn_imports
from runnel.packages.imports import needs_of, requests_of
from runnel.packages.unavailable import reason_for


def modules(code: str) -> dict[str, bool]:
    return {found.module: found.optional for found in needs_of(textwrap.dedent(code)).imports}


class Imports(unittest.TestCase):
    def test_data_that_python_finds_with_the_system_elsewhere(self) -> None:
        self.assertEqual([entry.module for entry in needs_of("from zoneinfo import ZoneInfo").imports], ["zoneinfo.ZoneInfo", "tzdata"])
        optional = needs_of("try:\n  import zoneinfo\nexcept ImportError:\n  zoneinfo = None").imports
        self.assertEqual([(entry.module, entry.optional) for entry in optional], [("zoneinfo", True), ("tzdata", True)])

    def test_everywhere_in_the_code(self) -> None:
        code = """
            import a, b.c as d
            from e import f, g as h
            from i import *
            import importlib
            def handler(pd):
                import j
                if pd:
                    from k.l import m
                importlib.import_module("n.o")
                __import__("p")
                importlib.import_module(name)
            async def other():
                async with x:
                    import q
            class C:
                import r
        """
        self.assertEqual(
            set(modules(code)),
            {"a", "b.c", "e.f", "e.g", "i", "importlib", "j", "k.l.m", "n.o", "p", "q", "r"},
        )
        self.assertFalse(any(modules(code).values()))

    def test_relative_imports_are_ignored(self) -> None:
        self.assertEqual(modules("from . import a\nfrom .b import c\nfrom .. import d"), {})

    def test_lines(self) -> None:
        self.assertEqual([found.line for found in needs_of("import a\n\nx = 1\nimport b").imports], [1, 4])

    def test_guarded_imports_are_optional(self) -> None:
        for caught in ("ImportError", "ModuleNotFoundError", "(OSError, ImportError)", "Exception"):
            code = f"try:\n  import a\nexcept {caught}:\n  a = None\nelse:\n  import b\n"
            with self.subTest(caught):
                self.assertEqual(modules(code), {"a": True, "b": False})
        self.assertEqual(modules("try:\n  import a\nexcept:\n  pass"), {"a": True})
        self.assertEqual(modules("try:\n  import a\nexcept OSError:\n  pass"), {"a": False})

    def test_stand_ins_know_what_they_stand_in_for(self) -> None:
        found = needs_of("try:\n  import fast\nexcept ImportError:\n  import slow as fast").imports
        self.assertEqual([(entry.module, set(entry.instead_of)) for entry in found], [("fast", set()), ("slow", {"fast"})])

    def test_type_checking_is_not_run(self) -> None:
        code = "import typing\nif typing.TYPE_CHECKING:\n  import a\nelse:\n  import b\nif TYPE_CHECKING:\n  import c"
        self.assertEqual(set(modules(code)), {"typing", "b"})

    def test_no_python_has_no_imports(self) -> None:
        for code in ("import a\ndef (", "\x00", "import a" + "(" * 500):
            self.assertEqual(needs_of(code).imports, ())


class Requests(unittest.TestCase):
    def test_comments(self) -> None:
        code = """\
# pipedream add-package scikit-learn
import sklearn
#pipedream   add-package  requests==2.31.0   # pinned
import requests  # pipedream add-package slack-sdk[optional]>=3,<4
# pipedream add-package
# add-package nothing
"""
        self.assertEqual(
            [(found.requirement, found.line) for found in requests_of(code)],
            [("scikit-learn", 1), ("requests==2.31.0", 3), ("slack-sdk[optional]>=3,<4", 4)],
        )

    def test_script_metadata(self) -> None:
        code = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "requests<3",
#   "rich",
# ]
# ///
import requests
"""
        self.assertEqual([(found.requirement, found.line) for found in requests_of(code)], [("requests<3", 1), ("rich", 1)])

    def test_broken_script_metadata(self) -> None:
        self.assertEqual(requests_of("# /// script\n# dependencies = [\n# ///\n"), [])
        self.assertEqual(requests_of('# /// script\n# dependencies = "requests"\n# ///\n'), [])


class Distributions(unittest.TestCase):
    def test_names_that_differ(self) -> None:
        for module, package in {
            "slack_sdk.WebClient": "slack-sdk",
            "bs4.BeautifulSoup": "beautifulsoup4",
            "PIL.Image": "pillow",
            "yaml": "pyyaml",
            "dateutil.parser": "python-dateutil",
            "sklearn.svm.SVC": "scikit-learn",
            "cv2": "opencv-python",
            "dotenv.load_dotenv": "python-dotenv",
            "jwt": "pyjwt",
            "Crypto.Cipher.AES": "pycryptodome",
            "serial": "pyserial",
            "OpenSSL": "pyopenssl",
            "attr": "attrs",
            "magic": "python-magic",
            "googleapiclient.discovery.build": "google-api-python-client",
            "google.oauth2.service_account": "google-auth",
            "google.auth.transport.requests.Request": "google-auth",
            "google.cloud.storage": "google-cloud-storage",
            "google.cloud.storage.Client": "google-cloud-storage",
            "google.cloud.secretmanager": "google-cloud-secret-manager",
            "google.cloud.pubsub_v1": "google-cloud-pubsub",
            "google.protobuf.message": "protobuf",
            "google.genai": "google-genai",
            "azure.storage.blob.BlobServiceClient": "azure-storage-blob",
            "mysql.connector": "mysql-connector-python",
            "requests": "requests",
            "Some_Thing.x": "some-thing",
        }.items():
            with self.subTest(module):
                self.assertEqual(distribution_for(module), package)

    def test_key_is_what_one_package_provides(self) -> None:
        self.assertEqual(import_key("google.cloud.storage.blob.Blob"), "google.cloud.storage")
        self.assertEqual(import_key("google.oauth2.service_account.Credentials"), "google.oauth2")
        self.assertEqual(import_key("slack_sdk.web.WebClient"), "slack_sdk")

    def test_pyodide_s_own_names_come_second(self) -> None:
        learn_imports({"shapefile_of_test": "PyShp_Of.Test", "yaml": "other"})
        self.assertEqual(distribution_for("shapefile_of_test"), "pyshp-of-test")
        self.assertEqual(distribution_for("yaml"), "pyyaml")

    def test_impossible_packages(self) -> None:
        for package in ("tensorflow", "torch", "psycopg2", "grpcio", "pyspark", "selenium", "playwright"):
            self.assertIn(package, reason_for(package) or "")
        self.assertIn("Use pg8000", reason_for("psycopg2") or "")
        self.assertIsNone(reason_for("requests"))
