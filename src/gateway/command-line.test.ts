// @vitest-environment node
import { describe, expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";

const nothing = {
  help: false,
  open: false,
  dev: false,
  port: null,
  host: null,
  indexUrl: null,
  passwordFile: null,
  tlsCert: null,
  tlsKey: null,
  publicUrl: null,
};

test.each([
  [[], {}, nothing],
  [["--help"], {}, { ...nothing, help: true }],
  [["-h"], {}, { ...nothing, help: true }],
  [["--open", "--dev"], {}, { ...nothing, open: true, dev: true }],
  [["--port", "8000"], {}, { ...nothing, port: 8000 }],
  [["--port=0"], {}, { ...nothing, port: 0 }],
  [[], { PORT: "8000" }, { ...nothing, port: 8000 }],
  [[], { PORT: "" }, nothing],
  [["--port", "1"], { PORT: "2" }, { ...nothing, port: 1 }],
  [["--host", "::1"], {}, { ...nothing, host: "::1" }],
  [
    ["--host", "0.0.0.0", "--password-file", "pw", "--tls-cert", "c.pem", "--tls-key", "k.pem"],
    {},
    { ...nothing, host: "0.0.0.0", passwordFile: "pw", tlsCert: "c.pem", tlsKey: "k.pem" },
  ],
  [["--public-url", "https://x.test"], {}, { ...nothing, publicUrl: "https://x.test" }],
  [
    ["--index-url", "https://u:p@index.test/simple"],
    {},
    { ...nothing, indexUrl: "https://u:p@index.test/simple" },
  ],
])("%j with %j", (args, env, command) => {
  expect(readCommandLine(args, env)).toEqual(command);
});

describe("what can't be understood is said", () => {
  test.each([
    [["--port", "http"], {}, /--port must be a number/],
    [["--port", "65536"], {}, /--port must be a number/],
    [["--port", "-1"], {}, /port/],
    [[], { PORT: "80a" }, /PORT must be a number.*"80a"/],
    [["--index-url", "index.test/simple"], {}, /--index-url must be an http/],
    [["--index-url", "file:///etc"], {}, /--index-url must be an http/],
    [["--prot", "1"], {}, /--prot/],
    [["extra"], {}, /extra/],
    [["--tls-cert", "c.pem"], {}, /belong together/],
    [["--tls-key", "k.pem"], {}, /belong together/],
    [["--password", "correct horse battery"], {}, /^(?!.*horse).*RUNNEL_PASSWORD/],
    [["--password=correct horse battery"], {}, /^(?!.*horse).*RUNNEL_PASSWORD/],
  ])("%j with %j", (args, env, message) => {
    expect(() => readCommandLine(args, env)).toThrow(message);
  });

  test("without repeating a password", () => {
    expect(() => readCommandLine(["--index-url", "ftp://u:hunter2@index.test/"], {})).toThrow(
      /^(?!.*hunter2)/,
    );
  });
});
