"""What is said while packages are downloaded."""

from __future__ import annotations

from unittest import mock

from runnel.packages import progress

from .support import BridgeTest


class Progress(BridgeTest):
    def test_bytes_that_are_told_late_change_nothing(self) -> None:
        with mock.patch.object(progress.host, "phase") as phase:
            downloads = progress.Downloads()
            downloads.begin("thing")
            downloads.end("thing")
            said = phase.call_count
            downloads._shown_at = 0.0
            downloads.got("thing", 10, 10)
        self.assertEqual(phase.call_count, said)

    def test_bytes(self) -> None:
        downloads = progress.Downloads()
        with mock.patch.object(progress, "_EVERY_SECONDS", 0):
            downloads.begin("slack-sdk")
            downloads.got("slack-sdk", 1_200_000, 3_000_000)
            downloads.begin("yarl")
            downloads.got("yarl", 50_000, 100_000)
            downloads.end("slack-sdk")
            downloads.got("yarl", 100_000, None)
            downloads.end("yarl")
            downloads.begin("idna")
            downloads.got("idna", 12_000, 80_000)
        self.assertEqual(
            self.host.phases,
            [
                "Downloading slack-sdk…",
                "Downloading slack-sdk… 1.2 of 3.0 MB",
                "Downloading slack-sdk and 1 more… 1.2 MB",
                "Downloading slack-sdk and 1 more… 1.2 of 3.1 MB",
                "Downloading yarl… 1.2 of 3.1 MB",
                "Downloading yarl… 1.3 MB",
                "Downloading idna…",
                "Downloading idna… 12 of 80 kB",
            ],
        )

    def test_what_waits_is_what_is_shown(self) -> None:
        downloads = progress.Downloads()
        with downloads.resolving("requests"):
            with downloads.resolving("idna"):
                pass
            downloads.begin("idna")
            downloads.end("idna")
        downloads.begin("requests")
        self.assertEqual(
            self.host.phases,
            [
                "Resolving requests…",
                "Resolving idna…",
                "Resolving requests…",
                "Downloading idna…",
                "Resolving requests…",
                "Downloading requests…",
            ],
        )
