"""Requirements of packages that take the browser for a place without sockets."""

from __future__ import annotations

import unittest

from runnel.packages.socket_markers import with_sockets

METADATA = [
    "Metadata-Version: 2.4",
    "Name: httpx2",
    "Requires-Dist: httpcore2==2.16.2; sys_platform != 'emscripten'",
    "Requires-Dist: httpx2-jsfetch; sys_platform == 'emscripten' and python_version >= '3.12'",
    "Requires-Dist: idna>=3.18",
    "Requires-Dist: socksio==1.*; extra == 'socks'",
]


class Markers(unittest.TestCase):
    def test_what_sockets_need_is_asked_for(self) -> None:
        self.assertEqual(
            with_sockets(METADATA)[2:],
            [
                "Requires-Dist: httpcore2==2.16.2; python_version >= '3'",
                "Requires-Dist: idna>=3.18",
                "Requires-Dist: socksio==1.*; extra == 'socks'",
            ],
        )

    def test_other_packages_know_better(self) -> None:
        others = ["Name: other", *METADATA[2:]]
        self.assertEqual(with_sockets(others), others)


if __name__ == "__main__":
    unittest.main()
