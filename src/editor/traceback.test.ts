import { expect, test } from "vitest";
import { linesOf, linesToday, stepFileOf } from "./traceback.ts";

const traceback = `Traceback (most recent call last):
  File "python", line 5, in handler
    return parse(text)
           ~~~~~^^^^^^
  File "python", line 2, in parse
    return json.loads(text)
  File "/lib/python314.zip/json/__init__.py", line 352, in loads
    return _default_decoder.decode(s)
  File "/lib/python314.zip/json/decoder.py", line 2, in decode
    obj, end = self.raw_decode(s)
json.decoder.JSONDecodeError: Expecting property name`;
const error = {
  code: "PythonError",
  type: "JSONDecodeError",
  message: "",
  line: 2,
  column: null,
  traceback,
  hint: null,
};
const code = "import json\n    return json.loads(text)\n\n\n    return parse(text)\n";

test("frames of the step are told from those of libraries, whatever the step is called today", () => {
  expect(stepFileOf(error)).toBe("python");
  const frames = linesOf(traceback).flatMap(({ frame }) => (frame ? [[frame.file, frame.line]] : []));
  expect(frames).toHaveLength(4);
  expect(frames[0]).toEqual(["python", 5]);
  expect(stepFileOf({ line: null, traceback })).toBeNull();
  expect(stepFileOf({ line: 352, traceback }), "a path is no step").toBeNull();
});

test("a frame of an exception group stands behind bars", () => {
  const [line] = linesOf('  | File "python", line 12, in handler');
  expect(line?.frame).toEqual({ file: "python", line: 12, start: 4, end: 26 });
});

test("lines are found again where the code was edited above them, and not where they were changed", () => {
  expect(linesToday(error, code)).toEqual([
    { ran: 5, today: 5 },
    { ran: 2, today: 2 },
  ]);
  expect(linesToday(error, `# new\n\n${code}`)).toEqual([
    { ran: 5, today: 7 },
    { ran: 2, today: 4 },
  ]);
  expect(linesToday(error, code.replace("json.loads(text)", "json.loads(text or '{}')"))).toEqual([
    { ran: 5, today: 5 },
    { ran: 2, today: null },
  ]);
  const twice = `# new\n${code}${code}`;
  expect(linesToday(error, twice), "which of the two it was can't be told").toEqual([
    { ran: 5, today: null },
    { ran: 2, today: null },
  ]);
});
