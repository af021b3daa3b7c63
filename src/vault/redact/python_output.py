"""Prints python-output.fixture.json: what Python itself makes of secrets, for the redactor's tests.

python3 src/vault/redact/python_output.py > src/vault/redact/python-output.fixture.json
"""

import base64
import html
import json
import re
import urllib.parse

SECRETS = {
    "token": "xoxb-123456789012-AbCdEfGhIjKlMnOp",
    "regex": "a+b(c)*[d]{2}^$.|\\?/~ e&f='g'",
    "unicode": "pä$$wörd‑€ 🔑x",
    "quotes": 'he said "it\'s" 100%/yes',
    "multiline": "first line of the secret\n\tsecond line of the secret\r\nthird",
    "control": "ab\x07c\x1b[0md\u2028e\u00a0f\x7f",
}


def quote_all(text):
    return urllib.parse.quote(text, safe="")


def lower_hex(text):
    return re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), text)


# Each is applied to a text that holds the secret.
SPELLINGS = {
    "str": str,
    "repr": repr,
    "repr with both quotes": lambda text: repr("'\"" + text),
    "ascii": ascii,
    "repr of bytes": lambda text: repr(text.encode()),
    "repr of a dict": lambda text: repr({"k": [text]}),
    "json.dumps": json.dumps,
    "json.dumps, ensure_ascii=False": lambda text: json.dumps(text, ensure_ascii=False),
    "json in json": lambda text: json.dumps({"body": json.dumps({"a": text})}),
    "json of repr": lambda text: json.dumps(repr(text)),
    "repr of json": lambda text: repr(json.dumps(text)),
    "repr of repr": lambda text: repr(repr(text)),
    "quote": urllib.parse.quote,
    "quote, safe=''": quote_all,
    "quote_plus": urllib.parse.quote_plus,
    "urlencode": lambda text: urllib.parse.urlencode({"q": text}),
    "quote in lower case": lambda text: lower_hex(quote_all(text)),
    "quote twice": lambda text: quote_all(quote_all(text)),
    "quote_plus of json": lambda text: urllib.parse.quote_plus(json.dumps(text)),
    "html.escape": html.escape,
    "hex": lambda text: text.encode().hex(),
    "hex in upper case": lambda text: text.encode().hex().upper(),
}


def rows():
    """`rest`: how many characters may stay beside the mark."""
    before, after = "before <", "> after"
    for secret, value in SECRETS.items():
        def row(how, text, rest):
            return {"secret": secret, "how": how, "text": text, "rest": rest}

        for how, spell in SPELLINGS.items():
            # A quote within the secret changes how repr quotes the rest: by two characters at most, doubled twice.
            yield row(how, spell(before + value + after), len(spell(before + after)) + 4)

        length = len(base64.b64encode(value.encode()).rstrip(b"="))
        for first in range(3):
            for last in range(3):
                data = b"u" * first + value.encode() + b"\xff" * last
                for how, encode in (("base64", base64.b64encode), ("urlsafe base64", base64.urlsafe_b64encode)):
                    text = encode(data).decode()
                    yield row(f"{how} between {first} and {last} bytes", text, len(text) - length + 2)
        basic = base64.b64encode(f"user:{value}".encode()).decode()
        yield row("basic", f"Authorization: Basic {basic}", 21 + len(basic) - length + 2)
        yield row("quoted base64", quote_all(base64.b64encode(value.encode()).decode()), 0)


print(json.dumps({"secrets": SECRETS, "rows": list(rows())}, indent=2))
