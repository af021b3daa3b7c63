import { describe, expect, test } from "vitest";
import { blankHandler } from "../create.ts";
import { insertAppCode } from "./insert-app-code.ts";

const GITHUB = `import requests


def handler(pd: "pipedream"):
    token = pd.inputs["github"]["$auth"]["oauth_access_token"]
    response = requests.get("https://api.github.com/user", headers={"Authorization": f"Bearer {token}"})
    return response.json()
`;

const CALL_GITHUB = `def call_github(pd: "pipedream"):
    token = pd.inputs["github"]["$auth"]["oauth_access_token"]
    response = requests.get("https://api.github.com/user", headers={"Authorization": f"Bearer {token}"})
    return response.json()
`;

/** A template with these imports and this body. */
const template = (head: string, body = "return 1", def = "def handler(pd):") =>
  `${head}\n\n${def}\n    ${body}\n`;

describe("a blank step", () => {
  test.each([
    ["as made", blankHandler()],
    ["with other line ends and spaces", `${blankHandler().replaceAll("\n", "  \r\n")}\n\n`],
    ["empty", ""],
    ["of blank lines", " \n\n"],
  ])("%s becomes the template", (_, code) => expect(insertAppCode(code, GITHUB, "github")).toBe(GITHUB));

  test("that was touched does not", () => {
    const code = `${blankHandler()}# mine\n`;
    expect(insertAppCode(code, GITHUB, "github")).toContain("# mine\n");
  });
});

test("the request becomes a function which the handler calls first", () => {
  const code = `from slack_sdk import WebClient

def handler(pd: "pipedream"):
  client = WebClient(token=pd.inputs["slack"]["$auth"]["oauth_access_token"])
  return client.auth_test().data
`;
  expect(insertAppCode(code, GITHUB, "github")).toBe(`from slack_sdk import WebClient
import requests


${CALL_GITHUB}

def handler(pd: "pipedream"):
  github_result = call_github(pd)
  client = WebClient(token=pd.inputs["slack"]["$auth"]["oauth_access_token"])
  return client.auth_test().data
`);
});

test("names that are taken are counted up, imports are not doubled", () => {
  const once = insertAppCode("def handler(pd):\n    return 1\n", GITHUB, "github");
  const twice = insertAppCode(once, GITHUB, "github");
  expect(twice.match(/^import requests$/gm)).toHaveLength(1);
  expect(twice).toContain("def call_github(pd");
  expect(twice).toContain("def call_github_2(pd");
  expect(twice).toContain("    github_result_2 = call_github_2(pd)\n    github_result = call_github(pd)\n");
});

describe("imports go", () => {
  const headOf = (code: string, head: string) => {
    const merged = insertAppCode(code, template(head), "x");
    return merged.slice(0, merged.indexOf("def call_x")).trimEnd();
  };
  test.each([
    ["to the top", "def handler(pd):\n  pass", "import a", "import a"],
    ["below a docstring", '"""Doc."""\ndef handler(pd):\n  pass', "import a", '"""Doc."""\n\nimport a'],
    [
      "below __future__, each kind in its place",
      '"""Doc."""\nfrom __future__ import annotations\nimport a\n\ndef handler(pd):\n  pass',
      "from __future__ import generator_stop\nimport b",
      '"""Doc."""\nfrom __future__ import annotations\nfrom __future__ import generator_stop\nimport a\nimport b',
    ],
    [
      "below opening comments",
      "#!/usr/bin/env python\n# About this.\n\ndef handler(pd):\n  pass",
      "import a",
      "#!/usr/bin/env python\n# About this.\n\nimport a",
    ],
    [
      "with what is missing of a list only",
      "from os import (\n    path,  # used below\n    environ as env,\n)\n\ndef handler(pd):\n  pass",
      "from os import path, environ as env, sep, linesep",
      "from os import (\n    path,  # used below\n    environ as env,\n)\nfrom os import sep, linesep",
    ],
    [
      "under the name they are used by",
      "import numpy\n\ndef handler(pd):\n  pass",
      "import numpy as np",
      "import numpy\nimport numpy as np",
    ],
    [
      "with the comment that says which package has them",
      "import a\n\ndef handler(pd):\n  pass",
      "# pipedream add-package b-for-python\nimport b",
      "import a\n# pipedream add-package b-for-python\nimport b",
    ],
    [
      "with such a comment from anywhere else, once",
      "# pipedream add-package one\nimport a\n\ndef handler(pd):\n  pass",
      "# pipedream add-package one\n# pipedream add-package two\n\nimport a",
      "# pipedream add-package one\nimport a\n# pipedream add-package two",
    ],
  ])("%s", (_, code, head, expected) => expect(headOf(code, head)).toBe(expected));

  test("not where one inside of a function looks the same", () => {
    expect(headOf("def handler(pd):\n  import a\n", "import a")).toBe("import a");
  });
});

describe("the call", () => {
  test.each([
    [
      "below a docstring",
      'def handler(pd):\n    """Says."""\n    return 1\n',
      /Says\."""\n {4}x_result = call_x\(pd\)\n {4}return 1/,
    ],
    [
      "in a handler with a docstring only",
      'def handler(pd):\n    """Says."""',
      /Says\."""\n {4}x_result = call_x\(pd\)\n$/,
    ],
    [
      "with tabs where the handler has them",
      "def handler(pd):\n\treturn 1\n",
      /def handler\(pd\):\n\tx_result = call_x\(pd\)\n\treturn 1/,
    ],
    [
      "in a handler of one line",
      "def handler(pd): return {1: 2}[1]\n",
      /def handler\(pd\):\n {4}x_result = call_x\(pd\)\n {4}return \{1: 2\}\[1\]/,
    ],
    [
      "with the handler's own parameter",
      "def handler(me: {1: 2} = None) -> str:\n    # now\n    return me\n",
      /\n {4}x_result = call_x\(me\)\n {4}return me/,
    ],
    [
      "below a long signature",
      "def handler(\n    pd,  # : (\n):\n    return 1\n",
      /\):\n {4}x_result = call_x\(pd\)\n {4}return 1/,
    ],
    [
      "in an async handler",
      "async def handler(pd):\n    return 1\n",
      /async def handler\(pd\):\n {4}x_result = call_x\(pd\)\n/,
    ],
    [
      "below decorators",
      "# Mine.\n@wraps\ndef handler(pd):\n    return 1\n",
      /\n\n\n# Mine\.\n@wraps\ndef handler\(pd\):\n {4}x_result = /,
    ],
    [
      "in the last handler of two",
      "def handler(pd):\n    return 1\ndef handler(pd):\n    return 2\n",
      /x_result = call_x\(pd\)\n {4}return 2/,
    ],
  ])("%s", (_, code, expected) => expect(insertAppCode(code, template("import a"), "x")).toMatch(expected));

  test("of an async template makes the handler async", () => {
    const merged = insertAppCode(
      "def handler(pd):\n    return 1\n",
      template("import a", "return 1", "async def handler(pd):"),
      "x",
    );
    expect(merged).toContain("async def call_x(pd):\n    return 1\n");
    expect(merged).toContain("async def handler(pd):\n    x_result = await call_x(pd)\n");
  });
});

test("what else the template defines comes along, under a free name where the code has that name", () => {
  const head = 'import a\n\nLIMIT = 5\nURL = "https://x/LIMIT"\n\ndef pages(n=LIMIT):\n    return n  # LIMIT';
  const merged = insertAppCode(
    "LIMIT = 1\n\ndef handler(pd):\n    return LIMIT\n",
    template(head, "return pages(LIMIT)"),
    "x",
  );
  expect(merged).toContain("LIMIT = 1\n");
  expect(merged).toContain(
    'LIMIT_2 = 5\n\n\nURL = "https://x/LIMIT"\n\n\ndef pages(n=LIMIT_2):\n    return n  # LIMIT\n',
  );
  expect(merged).toContain("    return pages(LIMIT_2)\n");
  expect(merged).toContain("    return LIMIT\n");
  const again = insertAppCode(merged, template(head, "return pages(LIMIT)"), "x");
  expect(again.match(/^URL = /gm)).toHaveLength(1);
});

test("code without a handler gets the template's", () => {
  const merged = insertAppCode("# helpers\nX = 1", GITHUB, "github");
  expect(merged).toBe(`import requests\n\n\n# helpers\nX = 1\n\n\n${GITHUB.slice(GITHUB.indexOf("def"))}`);
});

test("a script of the older form gets the function without a call", () => {
  const code = 'from pipedream.script_helpers import (steps, export)\nexport("a", 1)\n';
  const merged = insertAppCode(code, GITHUB, "github");
  expect(merged).toContain(CALL_GITHUB);
  expect(merged).not.toContain("def handler");
  expect(merged).not.toContain("github_result");
});

test("slugs that are no identifiers make names that are", () => {
  const merged = insertAppCode("def handler(pd):\n    return 1\n", GITHUB, "1password-events.v2");
  expect(merged).toContain("    app_result = call_1password_events_v2(pd)\n");
});

test("line ends of the code are kept", () => {
  const merged = insertAppCode("def handler(pd):\r\n    return 1\r\n", GITHUB, "github");
  expect(merged.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});

test("every letter of the code is still there, in its order", () => {
  const code =
    '"""Doc"""\nimport requests  # mine\n\n# about\n@x\nasync def handler(a, *b):\n\n  # first\n  return {\n"k": 1}\n\n# end';
  const merged = insertAppCode(code, GITHUB, "github");
  let at = 0;
  for (const line of code.split("\n")) {
    const found = merged.indexOf(line, at);
    expect(found).toBeGreaterThanOrEqual(at);
    at = found + line.length;
  }
});
