"""Slips in the code itself."""

from __future__ import annotations

import asyncio

from .context import Context

_OTHER_LANGUAGES = {"null": "None", "undefined": "None", "true": "True", "false": "False"}


def hint(error: BaseException, context: Context) -> str | None:
    """For syntax errors, names that aren't defined, and ends that the code brings about."""
    if isinstance(error, SyntaxError):
        return _syntax(error)
    if isinstance(error, NameError):
        return _name(error)
    if isinstance(error, SystemExit):
        return "Anything but 0 there means failure. pd.flow.exit(reason) ends the workflow after this step without one."
    if isinstance(error, asyncio.CancelledError):
        return "The step's own code cancelled what it then waited for."
    return None


def _syntax(error: SyntaxError) -> str | None:
    message = error.msg or ""
    line = (error.text or "").strip()
    if "'await' outside" in message or message.startswith("'async "):
        return "await works in an async function only: write async def handler(pd)."
    if "'return' outside function" in message:
        return 'Put the step\'s work into a function: def handler(pd: "pipedream"): …'
    if line.startswith(("const ", "let ", "var ", "function ", "export default")):
        return "This looks like JavaScript; steps are written in Python."
    if "null byte" in message:
        return "The code holds a character that can't be seen (a null byte): type that line anew."
    if isinstance(error, TabError):
        return "Tabs and spaces are mixed: indent with spaces only."
    return None


def _name(error: NameError) -> str | None:
    name = error.name
    if name in _OTHER_LANGUAGES:
        return f"Python writes {_OTHER_LANGUAGES[name]} for {name}."
    if name == "pd":
        return "pd is the handler's parameter: use it inside def handler(pd), or pass it on to the function."
    if name in ("steps", "export"):
        return f"Use pd.{name} inside the handler. (The older form imports it: from pipedream.script_helpers import {name})"
    return None
