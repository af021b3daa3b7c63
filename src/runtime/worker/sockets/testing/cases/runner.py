"""Runs cases by module: `python3 runner.py works|fails MODULE…`, the test's ports and certificates on stdin.

A module of `works` has functions that assert; one of `fails` has functions that raise. All run in CPython and in the browser's
Python alike; the answers are JSON by case.
"""

import asyncio
import errno
import importlib
import json
import socket
import ssl
import sys
import traceback

from support import take


def told(error):
    """An exception as comparable data: its classes, its errno by name, and what it wraps."""
    if isinstance(error, UnicodeError):
        # Later versions of Python say more.
        return {"classes": ["UnicodeError"]}
    facts = {"classes": [c.__name__ for c in type(error).__mro__]}
    number = getattr(error, "errno", None)
    if isinstance(error, (socket.gaierror, ssl.SSLError)):
        facts["errno"] = number
    elif number is not None:
        facts["errno"] = errno.errorcode.get(number, number)
    for name in ("reason", "verify_code", "verify_message"):
        value = getattr(error, name, None)
        if isinstance(value, BaseException):
            facts[name] = told(value)
        elif isinstance(value, (str, int)):
            facts[name] = value
    return facts


async def call(case):
    result = case()
    return await result if asyncio.iscoroutine(result) else result


async def works(case):
    try:
        await call(case)
        return "ok"
    except BaseException:
        return traceback.format_exc()


async def fails(case):
    try:
        return {"text": "", "returned": repr(await call(case))}
    except BaseException as error:
        return {**told(error), "text": str(error)}


async def run(kind, modules, given):
    take(given)
    judge = {"works": works, "fails": fails}[kind]
    answers = {}
    for module in modules:
        for name, case in list(vars(importlib.import_module(module)).items()):
            if name.startswith("case_"):
                answers[name] = await judge(case)
    return json.dumps(answers)


if __name__ == "__main__":
    print(asyncio.run(run(sys.argv[1], sys.argv[2:], sys.stdin.read())))
