"""`packages.ensure`: packages that can't be had, and why."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from unittest import mock

from runnel import packages
from runnel.packages import attempt

from .package_support import PackageTest, needs_micropip


@needs_micropip
class Failures(PackageTest):
    """fact 19: what can't be had, and why."""

    def test_gateway_gone(self) -> None:
        self.index.gone = True
        error = self.refused("import alpha_of_test")
        self.assertIn("gateway does not answer", error["message"])

    def test_index_unreachable(self) -> None:
        self.index.down = True
        error = self.refused("import json\nimport alpha_of_test")
        self.assertIn("index.test can't be reached", error["message"])
        self.assertEqual(error["line"], 2)
        self.assertIn("network", error["hint"])

    def test_unknown(self) -> None:
        error = self.refused("import requsts")
        self.assertIn("no package named requsts", error["message"])
        self.assertIn("Did you mean requests", error["hint"])
        self.assertIn("add-package", error["hint"])

    def test_native_only(self) -> None:
        self.index.list("alpha_of_test", "alpha_of_test-1.0-cp314-cp314-manylinux_2_17_x86_64.whl", "alpha_of_test-1.0.tar.gz")
        error = self.refused("import alpha_of_test")
        self.assertIn("alpha-of-test has no build for the browser: it holds native code", error["message"])

    def test_source_only(self) -> None:
        self.index.list("alpha_of_test", "alpha_of_test-1.0.tar.gz")
        self.assertIn("only its source is published", self.refused("import alpha_of_test")["message"])

    def test_other_python(self) -> None:
        self.index.add("alpha_of_test", **{"requires-python": "<3.9"})
        self.assertIn("another version of Python: <3.9", self.refused("import alpha_of_test")["message"])

    def test_older_version_for_this_python(self) -> None:
        self.index.add("alpha_of_test", "1.0")
        self.index.add("alpha_of_test", "2.0", **{"requires-python": ">=4"})
        self.assertEqual(self.install("import alpha_of_test"), {"alpha-of-test": "1.0"})

    def test_no_such_version(self) -> None:
        self.index.add("alpha_of_test")
        error = self.refused("# pipedream add-package alpha-of-test==9\nimport alpha_of_test")
        self.assertIn("alpha-of-test==9", error["message"])
        self.assertEqual(error["line"], 1)

    def test_not_a_requirement(self) -> None:
        self.assertIn("no requirement", self.refused("# pipedream add-package ==1")["message"])

    def test_file_unreachable(self) -> None:
        self.index.add("alpha_of_test", **{"core-metadata": False})
        self.index.files_down = True
        error = self.refused("import alpha_of_test")
        self.assertIn("files.test", error["message"])

    def test_metadata_file_missing_is_no_failure(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test",))
        self.index.add("beta_of_test")
        fetch = self.index.fetch

        async def without_metadata(url: str, headers: dict[str, str], heard: Any = None) -> Any:
            answer = await fetch(url, headers)
            return attempt.Answer(404, b"", {}) if url.endswith(".metadata") else answer

        with mock.patch.object(attempt, "fetch", without_metadata):
            self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})

    def test_dependency_is_to_blame(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test",))
        self.index.add("beta_of_test", requires=("gamma-of-test",))
        self.index.add("other_of_test")
        self.index.list("gamma_of_test", "gamma_of_test-1.0-cp314-cp314-win_amd64.whl")
        error = self.refused("import json\nimport alpha_of_test\nimport other_of_test")
        self.assertIn("alpha-of-test needs beta-of-test needs gamma-of-test", error["message"])
        self.assertEqual(error["line"], 2)

    def test_impossible_dependency(self) -> None:
        self.index.add("alpha_of_test", requires=("grpcio",), **{"core-metadata": False})
        error = self.refused("import alpha_of_test")
        self.assertIn("grpcio can't work in the browser", error["message"])
        self.assertIn("(alpha-of-test needs grpcio.)", error["message"])

    def test_conflict(self) -> None:
        self.index.add("alpha_of_test", requires=("beta-of-test<2",))
        self.index.add("beta_of_test", "2.0")
        self.install("import beta_of_test")
        error = self.refused("import alpha_of_test")
        self.assertIn("beta-of-test", error["message"])
        self.assertIn("don't go together", error["message"])

    def test_half_an_installation_is_taken_back(self) -> None:
        packages.configure(json.dumps({"purePackages": {"alpha-of-test": ["beta-of-test"]}}))
        self.index.add("alpha_of_test")
        self.refused("import alpha_of_test")
        self.index.add("beta_of_test")
        self.assertEqual(set(self.install("import alpha_of_test")), {"alpha-of-test", "beta-of-test"})

    def test_unknown_module_of_a_changed_path(self) -> None:
        """Where the code changes sys.path, an import may be the step's own file."""
        self.assertEqual(self.install("import sys\nsys.path.append('lib')\nimport mine_of_test"), {})

    def test_optional_is_no_failure(self) -> None:
        self.index.down = True
        self.assertEqual(self.install("try:\n  import alpha_of_test\nexcept ImportError:\n  pass"), {})

    def test_stop(self) -> None:
        async def stopped() -> str:
            task = asyncio.ensure_future(packages.ensure("a", "import alpha_of_test"))

            async def hang(url: str, headers: dict[str, str], heard: Any = None) -> Any:
                task.cancel()
                await asyncio.sleep(30)

            with mock.patch.object(attempt, "fetch", hang):
                return await task

        self.assertEqual(json.loads(asyncio.run(stopped())), {"status": "stopped"})
