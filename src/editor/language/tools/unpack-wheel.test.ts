import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { unpackWheel } from "./unpack-wheel.ts";

test("stubs and modules are unpacked, nothing else, each once", () => {
  const wheel = zipSync({
    "tiny/__init__.py": strToU8("x = 1\n"),
    "tiny/py.typed": strToU8(""),
    "tiny/fast.py": strToU8("def f(): ...\n"),
    "tiny/fast.pyi": strToU8("def f() -> int: ...\n"),
    "tiny/fast.so": strToU8("binary"),
    "tiny/tests/test_it.py": strToU8("assert True\n"),
    "tiny/data.py": strToU8(`data = "${"x".repeat(500_000)}"\n`),
  });
  expect(unpackWheel(wheel)).toEqual({
    "tiny/__init__.py": "x = 1\n",
    "tiny/py.typed": "",
    "tiny/fast.pyi": "def f() -> int: ...\n",
  });
});

test("of a huge package there is a bounded part", () => {
  const module = strToU8("#".repeat(300_000));
  const wheel = zipSync(
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`huge/m${index}.py`, module])),
  );
  expect(Object.keys(unpackWheel(wheel)).length).toBe(33);
});

test("what is no zip is refused", () => {
  expect(() => unpackWheel(strToU8("nothing of the kind"))).toThrow();
});
