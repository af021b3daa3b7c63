"""What a snapshot is looked through for before its starts are given hash secrets of their own."""

from __future__ import annotations

import json
import unittest

from runnel.keeping import hashes


class _KeepsItsHash:
    def __init__(self, text: str) -> None:
        self._hash = hash(text)

    def __hash__(self) -> int:
        return self._hash


class _Changing:
    """Its hash is no longer what it was: as every hash is that was missed."""

    def __init__(self) -> None:
        self.now = 1

    def __hash__(self) -> int:
        return self.now


class HashesTest(unittest.TestCase):
    def faults(self) -> list[str]:
        hashes.large_numbers()
        wrong, counts = json.loads(hashes.faults())
        self.assertGreater(counts["dict"], 100)
        return wrong

    def test_nothing_is_missed_of_what_is_here(self) -> None:
        # Paths keep their hash, in the process of the tests too.
        self.assertEqual([fault for fault in self.faults() if not fault.endswith("keeps its hash")], [])

    def test_one_that_keeps_its_hash_is_named(self) -> None:
        kept = _KeepsItsHash("a text")
        self.assertTrue(any("_KeepsItsHash" in fault for fault in self.faults()))
        del kept

    def test_a_set_that_is_being_gone_through_is_named(self) -> None:
        half = iter({1, 2})
        next(half)
        self.assertTrue(any("being gone through" in fault for fault in self.faults()))
        del half

    def test_keys_that_are_not_found_are_named(self) -> None:
        for container, what in (({}, "dict"), (set(), "set")):
            key = _Changing()
            if isinstance(container, dict):
                container[key] = 1
            else:
                container.add(key)
            key.now = 2
            self.assertTrue(any(f"is not found in a {what}" in fault for fault in self.faults()), what)
            container.clear()


if __name__ == "__main__":
    unittest.main()
