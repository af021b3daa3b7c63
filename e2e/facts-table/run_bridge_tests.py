"""Runs the bridge's tests on CPython; writes what came of each, by id, as JSON to standard output."""

import json
import sys
import unittest

SOURCES = sys.argv[1]


class Told(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def startTest(self, test):
        super().startTest(test)
        self.outcomes[test.id()] = "passed"

    def addError(self, test, err):
        self.outcomes[test.id()] = "failed"

    def addFailure(self, test, err):
        self.outcomes[test.id()] = "failed"

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.outcomes[test.id()] = "failed"

    def addSkip(self, test, reason):
        self.outcomes[test.id()] = "skipped"


output, sys.stdout = sys.stdout, sys.stderr
told = Told()
unittest.defaultTestLoader.discover(SOURCES, "test_*.py", SOURCES).run(told)
json.dump(told.outcomes, output)
