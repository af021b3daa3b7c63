"""What is said while packages are downloaded."""

from __future__ import annotations

import unittest
from unittest import mock

from runnel.packages import progress


class Progress(unittest.TestCase):
    def test_bytes_that_are_told_late_change_nothing(self) -> None:
        with mock.patch.object(progress.host, "phase") as phase:
            downloads = progress.Downloads()
            downloads.begin("thing")
            downloads.end("thing")
            said = phase.call_count
            downloads._shown_at = 0.0
            downloads.got("thing", 10, 10)
        self.assertEqual(phase.call_count, said)


if __name__ == "__main__":
    unittest.main()
