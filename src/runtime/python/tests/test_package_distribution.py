"""`packages.ensure`: compiled packages of Pyodide's own distribution."""

from __future__ import annotations

import hashlib
import json

from .fake_index import wheel
from .package_support import PackageTest, needs_micropip


@needs_micropip
class Distribution(PackageTest):
    """Compiled packages, which come from Pyodide's own server."""

    def setUp(self) -> None:
        super().setUp()
        for name, depends in (("libof_test", ()), ("core_of_test", ("libof-test",)), ("fast_of_test", ("core-of-test",))):
            filename = f"{name}-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
            data = wheel(name, "1.0")
            self.index.files[filename] = data
            self.distribution[name.replace("_", "-")] = {
                "name": name.replace("_", "-"),
                "version": "1.0",
                "file_name": filename,
                "sha256": hashlib.sha256(data).hexdigest(),
                "depends": list(depends),
                "install_dir": "site",
                "package_type": "shared_library" if name == "libof_test" else "package",
            }

    def test_distribution_is_asked_first(self) -> None:
        self.index.add("fast_of_test", "2.0")
        self.assertEqual(self.install("import fast_of_test"), {"fast-of-test": "1.0", "core-of-test": "1.0"})
        self.assertTrue(all(path.startswith("/distribution/") for path in self.index.requests), self.index.requests)
        self.assertIn("Downloading libof-test and 2 more…", self.host.phases)
        self.assertEqual({entry["source"] for entry in self.host.lock}, {"pyodide"})
        self.assertEqual(set(self.locked()), {"fast-of-test", "core-of-test", "libof-test"})

    def test_locked_build_is_installed_again(self) -> None:
        self.begin("import fast_of_test")
        self.install("import fast_of_test", "a")
        self.forget_installed()
        self.begin("import fast_of_test")
        self.assertEqual(self.install("import fast_of_test", "a"), {"fast-of-test": "1.0", "core-of-test": "1.0"})

    def test_locked_build_of_another_pyodide(self) -> None:
        self.install("import fast_of_test")
        self.forget_installed()
        self.distribution["core-of-test"].update(version="1.1", sha256="0" * 64)
        self.begin("import fast_of_test")
        error = self.refused("import fast_of_test", "a")
        self.assertIn("core-of-test 1.0", error["message"])
        self.assertIn("has core-of-test 1.1", error["message"])
        self.assertIn("Update packages", error["hint"])

    def test_unreachable(self) -> None:
        self.index.distribution_down = True
        error = self.refused("import json\nimport fast_of_test")
        self.assertIn("core-of-test and fast-of-test are part of Pyodide's own distribution", error["message"])
        self.assertIn("can't be downloaded from files.test", error["message"])
        self.assertEqual(error["line"], 2)
        self.assertNotIn("packages.invalid", json.dumps(error))

    def test_builds_of_the_index_stand_in(self) -> None:
        """Also in another version than the distribution's, and for what other packages need."""
        self.index.distribution_down = True
        self.index.add("fast_of_test", "2.0")
        self.index.add("alpha_of_test", requires=("fast-of-test>=1",))
        code = "import alpha_of_test"
        self.assertEqual(self.install(code), {"fast-of-test": "2.0", "alpha-of-test": "1.0"})
        self.assertEqual({entry["source"] for entry in self.host.lock}, {"index"})
        self.index.requests.clear()
        self.index.add("beta_of_test", requires=("core-of-test",))
        self.index.add("core_of_test", "3.0")
        self.install("import beta_of_test")
        self.assertFalse(any("distribution" in path for path in self.index.requests), "it is left alone for a while")

    def test_unreachable_after_the_index_stood_in(self) -> None:
        """What the index lacks is not called missing because the distribution was not asked again."""
        self.index.distribution_down = True
        self.index.add("fast_of_test", "2.0")
        self.install("import fast_of_test", "a")
        error = self.refused("import core_of_test", "b")
        self.assertIn("core-of-test are part of Pyodide's own distribution", error["message"])
        self.index.distribution_down = False
        self.assertEqual(self.install("import core_of_test", "b"), {"core-of-test": "1.0"})

    def test_other_file_than_promised(self) -> None:
        filename = self.distribution["core-of-test"]["file_name"]
        self.index.files[filename] = wheel("core_of_test", "1.0", source="import os")
        error = self.refused("import fast_of_test")
        self.assertIn("not the file", error["message"])

    def test_other_version_than_the_built_one(self) -> None:
        self.index.list("fast_of_test", "fast_of_test-3.0-cp314-cp314-win_amd64.whl")
        error = self.refused("# pipedream add-package fast-of-test==3.0\nimport fast_of_test")
        self.assertIn("Pyodide's distribution has fast-of-test 1.0", error["message"])
