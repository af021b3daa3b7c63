"""A workflow's packages: resolved once, installed the same again, one version for all steps."""

from __future__ import annotations

import importlib
import sys
from unittest import mock

from runnel.packages import micropip_driver

from .fake_index import wheel
from .package_support import PackageTest, needs_micropip

ALPHA = "import alpha_of_test"


@needs_micropip
class Lock(PackageTest):
    def lock_alpha(self) -> None:
        """Alpha 1.0 and the beta that it needs are locked, nothing is installed, and there is a newer alpha."""
        self.index.add("alpha_of_test", "1.0", requires=("beta-of-test",))
        self.index.add("beta_of_test", "1.0")
        self.begin(ALPHA)
        self.install(ALPHA, "a")
        self.forget_installed()
        self.index.add("alpha_of_test", "2.0")
        self.index.requests.clear()

    def test_what_is_told(self) -> None:
        self.lock_alpha()
        alpha, beta = self.host.lock
        self.assertEqual((alpha["name"], alpha["version"], alpha["source"]), ("alpha-of-test", "1.0", "index"))
        self.assertEqual(alpha["filename"], "alpha_of_test-1.0-py3-none-any.whl")
        self.assertRegex(alpha["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual((alpha["asked"], alpha["requires"]), (["alpha_of_test"], ["beta-of-test"]))
        self.assertEqual((beta["asked"], beta["requires"]), ([], []))

    def test_the_same_is_installed_again_and_nothing_looked_up(self) -> None:
        self.lock_alpha()
        self.begin(ALPHA)
        with mock.patch.object(micropip_driver, "prepare", side_effect=AssertionError("micropip was loaded")):
            self.assertEqual(self.install(ALPHA, "a"), {"alpha-of-test": "1.0", "beta-of-test": "1.0"})
        self.assertEqual(len(self.index.requests), 2)
        self.assertTrue(all(path.startswith("/files/") for path in self.index.requests), self.index.requests)

    def test_update_is_a_run_without_a_lock(self) -> None:
        self.lock_alpha()
        self.begin(ALPHA, lock=[])
        self.assertEqual(self.install(ALPHA, "a"), {"alpha-of-test": "2.0"})
        self.assertEqual(self.locked(), {"alpha-of-test": "2.0"})

    def test_another_file_is_refused(self) -> None:
        self.lock_alpha()
        self.index.pages["alpha-of-test"][0]["hashes"]["sha256"] = "f" * 64
        self.index.files["alpha_of_test-1.0-py3-none-any.whl"] = wheel("alpha_of_test", "1.0", source="import os")
        self.begin(f"import json\n{ALPHA}")
        error = self.refused(f"import json\n{ALPHA}", "a")
        self.assertIn("alpha-of-test 1.0 was refused", error["message"])
        self.assertIn("ffffffffffff…", error["message"])
        self.assertIn("Update packages", error["hint"])
        self.assertEqual(error["line"], 2)
        self.assertEqual(sys.modules.get("alpha_of_test"), None)

    def test_another_file_is_refused_where_the_index_gives_no_hashes(self) -> None:
        self.lock_alpha()
        self.index.pages["alpha-of-test"][0]["hashes"] = {}
        self.begin(ALPHA)
        self.assertEqual(self.install(ALPHA, "a"), {"alpha-of-test": "1.0", "beta-of-test": "1.0"})
        self.forget_installed()
        self.index.files["alpha_of_test-1.0-py3-none-any.whl"] = wheel("alpha_of_test", "1.0", source="import os")
        self.assertIn("was refused", self.refused(ALPHA, "a")["message"])

    def test_a_file_that_is_gone(self) -> None:
        self.lock_alpha()
        del self.index.files["alpha_of_test-1.0-py3-none-any.whl"]
        del self.index.pages["alpha-of-test"][0]
        self.begin(ALPHA)
        error = self.refused(ALPHA, "a")
        self.assertIn("not in the package index any more", error["message"])
        self.assertIn("Update packages", error["hint"])

    def test_a_new_import_leaves_the_rest_as_it_is(self) -> None:
        self.lock_alpha()
        self.index.add("gamma_of_test", requires=("beta-of-test",))
        self.index.add("beta_of_test", "2.0")
        code = f"{ALPHA}, gamma_of_test"
        self.begin(code)
        self.install(code, "a")
        self.assertEqual(self.locked(), {"alpha-of-test": "1.0", "beta-of-test": "1.0", "gamma-of-test": "1.0"})

    def test_a_changed_pin_replaces_its_entry(self) -> None:
        self.lock_alpha()
        code = f"# pipedream add-package alpha-of-test==2.0\n{ALPHA}"
        self.begin(code)
        self.assertEqual(self.install(code, "a"), {"alpha-of-test": "2.0"})
        self.assertEqual(self.locked(), {"alpha-of-test": "2.0"})

    def test_what_no_step_needs_is_dropped(self) -> None:
        self.lock_alpha()
        self.begin("import json", ALPHA, disabled=("b",))
        self.install("import json", "a")
        self.assertEqual(set(self.locked()), {"alpha-of-test", "beta-of-test"}, "a disabled step keeps its packages")
        self.begin("import json", f"{ALPHA} (")
        self.install("import json", "a")
        self.assertEqual(set(self.locked()), {"alpha-of-test", "beta-of-test"}, "so does one that can't be read")
        self.begin("import json")
        self.install("import json", "a")
        self.assertEqual(self.locked(), {})

    def test_what_a_failed_update_leaves(self) -> None:
        """The first choice is wrong and is taken back: other versions suit all."""
        self.index.add("beta_of_test", "1.0")
        self.index.add("beta_of_test", "2.0")
        self.index.add("alpha_of_test", requires=("beta-of-test<2",))
        codes = ("import beta_of_test", ALPHA)
        self.begin(*codes)
        self.assertEqual(self.install(codes[0], "a"), {"beta-of-test": "2.0"})
        self.assertEqual(self.install(codes[1], "b"), {"alpha-of-test": "1.0", "beta-of-test": "1.0"})
        self.assertEqual(self.locked(), {"alpha-of-test": "1.0", "beta-of-test": "1.0"})
        self.assertEqual(importlib.import_module("beta_of_test").version, "1.0")
        self.assertEqual(self.install(codes[0], "a"), {})

    def test_extras(self) -> None:
        self.index.add("alpha_of_test", requires=('beta-of-test ; extra == "more"',), **{"core-metadata": False})
        self.index.add("beta_of_test")
        self.install(ALPHA)
        code = f"# pipedream add-package alpha-of-test[more]\n{ALPHA}"
        self.begin(code)
        self.install(code, "a")
        self.assertEqual(set(self.locked()), {"alpha-of-test", "beta-of-test"})
        self.forget_installed()
        self.begin(code)
        self.index.requests.clear()
        self.assertEqual(set(self.install(code, "a")), {"alpha-of-test", "beta-of-test"})
        self.assertTrue(all(path.startswith("/files/") for path in self.index.requests), self.index.requests)

    def test_a_wheel_by_its_address(self) -> None:
        address = "https://files.test/alpha_of_test-1.0-py3-none-any.whl"
        self.index.elsewhere[address] = wheel("alpha_of_test", "1.0")
        code = f"# pipedream add-package alpha-of-test @ {address}\n{ALPHA}"
        self.begin(code)
        self.install(code, "a")
        self.assertEqual(self.host.lock[0]["source"], address)
        self.forget_installed()
        self.begin(code)
        self.assertEqual(self.install(code, "a"), {"alpha-of-test": "1.0"})
        self.forget_installed()
        self.index.elsewhere[address] = wheel("alpha_of_test", "1.0", source="import os")
        self.assertIn("was refused", self.refused(code, "a")["message"])


@needs_micropip
class Steps(PackageTest):
    """One version per workflow."""

    def setUp(self) -> None:
        super().setUp()
        for version in ("1.0", "2.0", "3.0"):
            self.index.add("alpha_of_test", version)

    def test_a_step_without_a_pin_takes_the_version_of_another(self) -> None:
        self.begin(ALPHA, f"{ALPHA}\n# pipedream add-package alpha-of-test==2.0")
        self.assertEqual(self.install(ALPHA, "a"), {"alpha-of-test": "2.0"})

    def test_a_disabled_step_pins_nothing(self) -> None:
        self.begin(ALPHA, f"{ALPHA}\n# pipedream add-package alpha-of-test==2.0", disabled=("b",))
        self.assertEqual(self.install(ALPHA, "a"), {"alpha-of-test": "3.0"})

    def test_two_steps_that_ask_for_different_versions(self) -> None:
        codes = (
            f"# pipedream add-package alpha-of-test==1.0\n{ALPHA}",
            f"{ALPHA}\n\n# pipedream add-package Alpha_of.test==2.0",
            "import json",
        )
        self.begin(*codes)
        for step, line in (("a", 1), ("b", 3)):
            error = self.refused(codes["ab".index(step)], step)
            self.assertIn("a asks for alpha-of-test==1.0 (line 1), and b asks for alpha-of-test==2.0 (line 3)", error["message"])
            self.assertIn("one version of each package", error["hint"])
            self.assertEqual(error["line"], line)
        self.assertEqual(self.refused(ALPHA, "d")["line"], 1)
        self.assertEqual(self.install(codes[2], "c"), {}, "a step that has nothing to do with it")

    def test_ranges(self) -> None:
        codes = ("# pipedream add-package alpha-of-test>=2", "# pipedream add-package alpha-of-test<3")
        self.begin(*codes)
        self.assertEqual(self.install(codes[0], "a"), {"alpha-of-test": "2.0"})
        codes = ("# pipedream add-package alpha-of-test>=2", "# pipedream add-package alpha-of-test==1.0")
        self.begin(*codes)
        self.assertIn("Two steps ask", self.refused(codes[0], "a")["message"])

    def test_a_pin_that_does_not_suit_another_package(self) -> None:
        self.index.add("beta_of_test", requires=("alpha-of-test>=3",))
        self.begin("import beta_of_test", "# pipedream add-package alpha-of-test==1.0")
        error = self.refused("import beta_of_test", "a")
        self.assertIn("b asks for alpha-of-test==1.0 (line 1)", error["message"])
        self.assertIn("alpha-of-test>=3 is needed", error["message"])

    def test_the_python_that_a_script_block_asks_for(self) -> None:
        block = '# /// script\n# requires-python = "{}"\n# dependencies = ["alpha-of-test"]\n# ///\n'
        self.assertEqual(self.install(block.format(">=3.8")), {"alpha-of-test": "3.0"})
        error = self.refused("\n" + block.format("<3.8"))
        self.assertIn("asks for Python <3.8, and this is 3.", error["message"])
        self.assertEqual(error["line"], 2)
