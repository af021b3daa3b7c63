"""Which wheels are left of what an index lists."""

from __future__ import annotations

import unittest

from runnel.packages.pure_wheels import pure_where_it_will_do

FILES = [
    {"filename": "charset_normalizer-2.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"},
    {"filename": "charset_normalizer-3.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"},
    {"filename": "charset_normalizer-3.0-py3-none-any.whl"},
    {"filename": "charset_normalizer-3.0.tar.gz"},
]


class PureWheelsTest(unittest.TestCase):
    def test_the_pure_wheel_of_a_version_makes_compiled_ones_needless(self) -> None:
        left = [file["filename"] for file in pure_where_it_will_do("charset-normalizer", FILES)]
        self.assertEqual(left, [FILES[0]["filename"], FILES[2]["filename"], FILES[3]["filename"]])

    def test_of_other_packages_all_files_are_left(self) -> None:
        self.assertEqual(pure_where_it_will_do("protobuf", FILES), FILES)


if __name__ == "__main__":
    unittest.main()
