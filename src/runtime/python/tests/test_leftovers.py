"""What a step without an account finds of one that another step was given."""

from __future__ import annotations

import gc
import unittest
from typing import Any

from runnel import leftovers

from .support import BridgeTest

USES = [
    'token = pd.inputs["slack"]["$auth"]["oauth_access_token"]',
    "me = {}",
    'me["me"], me["inner"], me["header"] = me, (lambda: token), f"Bearer {token}"',
    "import re, urllib.parse",
    "re.search(token, 'text'), urllib.parse.urlsplit('http://a.example/?token=' + token)",
]


def holders(needle: str) -> list[Any]:
    """Objects that hold a longer text with the needle in it."""
    return [
        holder
        for holder in gc.get_objects()
        for text in gc.get_referents(holder)
        if isinstance(text, str) and needle in text and text != needle
    ]


class Leftovers(BridgeTest):
    def run_with_account(self, last_line: str) -> None:
        code = "\n    ".join(["def handler(pd):", *USES, last_line])
        # Put together at run time: else this very function held it.
        token = "-".join(["xoxb", "of", "acme"])
        self.run_step(code, inputs={"slack": {"$auth": {"oauth_access_token": token}}})

    def test_nothing_holds_an_account_after_its_step(self) -> None:
        for last_line in ("return len(token)", "raise ValueError(token)", "async def later(): ...\n    return later()"):
            with self.subTest(last_line):
                self.run_with_account(last_line)
                self.assertTrue(holders("-".join(["xoxb", "of"])), "the step left nothing that could be found")
                self.logs = ""
                leftovers.drop()
                self.assertEqual(holders("-".join(["xoxb", "of"])), [])


if __name__ == "__main__":
    unittest.main()
