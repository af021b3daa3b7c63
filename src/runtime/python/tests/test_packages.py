"""`packages.ensure`: what is found in the code and installed. See `package_support` for what these tests need."""

from __future__ import annotations

import importlib
import io
import json
import os
import sys
import zipfile
from unittest import mock

from runnel import packages
from runnel.packages import ensuring, micropip_driver, unpacking

from .fake_index import wheel
from .package_support import PackageTest, needs_micropip


class Nothing(PackageTest):
    """What needs no micropip: it must not even be loaded."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.object(micropip_driver, "prepare", side_effect=AssertionError("micropip was loaded"))
        patch.start()
        self.addCleanup(patch.stop)

    def test_standard_library_and_bridge(self) -> None:
        code = "import json, os.path, asyncio, tkinter\nfrom pipedream.script_helpers import steps\nfrom xml.dom import minidom"
        self.assertEqual(self.install(code), {})

    def test_code_that_is_no_python(self) -> None:
        self.assertEqual(self.install("import requests_of_test ("), {})

    def test_impossible_package(self) -> None:
        error = self.refused("x = 1\nimport torch\n")
        self.assertEqual((error["line"], error["column"]), (2, 1))
        self.assertIn("torch can't work in the browser", error["message"])
        self.assertIn("import torch", error["traceback"])

    def test_impossible_but_optional(self) -> None:
        self.assertEqual(self.install("try:\n  import torch\nexcept ImportError:\n  torch = None"), {})

    def test_module_in_the_scratch_directory(self) -> None:
        with open(os.path.join(self.scratch, "helper_of_test.py"), "w"):
            sys.path.insert(0, "")
        importlib.invalidate_caches()
        self.assertEqual(self.install("import helper_of_test"), {})


@needs_micropip
class Micropip(PackageTest):
    def test_import_is_enough(self) -> None:
        """fact 17: what a step imports is found and installed."""
        self.index.add("alpha_of_test", "1.2", requires=("beta-of-test>=2",))
        self.index.add("beta_of_test", "1.9")
        self.index.add("beta_of_test", "2.1")
        code = "def handler(pd):\n  import alpha_of_test\n"
        self.assertEqual(self.install(code), {"alpha-of-test": "1.2", "beta-of-test": "2.1"})
        self.assertEqual(importlib.import_module("beta_of_test").version, "2.1")
        self.assertEqual(self.host.packages, json.loads(json.dumps(self.host.packages)))
        self.assertEqual({package["name"] for package in self.host.packages}, {"alpha-of-test", "beta-of-test"})

    def test_progress(self) -> None:
        self.index.add("alpha_of_test")
        self.install("import alpha_of_test")
        self.assertEqual(
            [self.host.phases[0], self.host.phases[-1]], ["Resolving alpha-of-test…", "Installing alpha-of-test…"]
        )
        self.assertIn("Downloading alpha-of-test…", self.host.phases)

    def test_second_time_asks_nothing(self) -> None:
        self.index.add("alpha_of_test")
        self.install("import alpha_of_test")
        self.index.requests.clear()
        with mock.patch.object(ensuring, "needs_of", side_effect=AssertionError("was looked at again")):
            self.assertEqual(self.install("import alpha_of_test"), {})
        self.assertEqual(self.install("import alpha_of_test  # other code"), {})
        self.assertEqual(self.index.requests, [])

    def test_add_package(self) -> None:
        """fact 18: the comment names the package of an import, with a version if wanted."""
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0")
        code = "# pipedream add-package alpha-of-test==1.0\nimport alpha_of_test"
        self.assertEqual(self.install(code), {"alpha-of-test": "1.0"})

    def test_another_version_replaces_the_installed_one(self) -> None:
        """fact 18: a pin counts, whatever is installed."""
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0")
        self.install("import alpha_of_test")
        self.assertEqual(importlib.import_module("alpha_of_test").version, "2.0")
        self.assertEqual(self.install("# pipedream add-package alpha-of-test==1.0"), {"alpha-of-test": "1.0"})
        self.assertEqual(importlib.import_module("alpha_of_test").version, "1.0")

    def test_script_metadata(self) -> None:
        """fact 18: PEP 723's block counts as well."""
        self.index.add("alpha_of_test")
        self.assertEqual(self.install('# /// script\n# dependencies = ["alpha-of-test"]\n# ///\n'), {"alpha-of-test": "1.0"})

    def test_stand_in_is_left_out_where_not_needed(self) -> None:
        self.index.add("fast_of_test")
        self.index.add("slow_of_test")
        code = "try:\n  import fast_of_test as f\nexcept ImportError:\n  import slow_of_test as f"
        self.assertEqual(self.install(code), {"fast-of-test": "1.0"})

    def test_stand_in_is_installed_where_needed(self) -> None:
        self.index.add("slow_of_test")
        code = "try:\n  import fast_of_test as f\nexcept ImportError:\n  import slow_of_test as f"
        self.assertEqual(self.install(code), {"slow-of-test": "1.0"})

    def test_pure_packages_of_compiled_ones(self) -> None:
        """Pyodide's compiled packages need pure ones that its cut lock file does not hold."""
        packages.configure(json.dumps({"purePackages": {"Alpha_Of.Test": ["beta-of-test"]}, "imports": {}}))
        self.index.add("alpha_of_test")
        self.index.add("beta_of_test")
        self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})

    def test_half_an_installation_leaves_nothing(self) -> None:
        data = wheel("alpha_of_test", "1.0")
        before = sorted(os.listdir(self.site))
        with self.assertRaises(KeyboardInterrupt), unpacking.whole(lambda: data, self.site):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                archive.extract("alpha_of_test.py", self.site)
                archive.extract("alpha_of_test-1.0.dist-info/METADATA", self.site)
            with open(os.path.join(self.site, "alpha_of_test-1.0.dist-info", "INSTALLER"), "w") as file:
                file.write("x")
            raise KeyboardInterrupt
        self.assertEqual(sorted(os.listdir(self.site)), before)
