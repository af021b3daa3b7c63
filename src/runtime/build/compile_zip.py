"""Packs a folder of packages as a zip of bytecode that can stand on sys.path: importing it compiles nothing."""

import compileall
import os
import py_compile
import zipfile


def compile_zip(folder: str, target: str) -> None:
    """Compiles every module below `folder` and writes bytecode and metadata to the zip `target`."""
    compileall.compile_dir(
        folder, quiet=1, legacy=True, force=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    with zipfile.ZipFile(target, "w") as archive:
        for where, _, names in os.walk(folder):
            for name in sorted(names):
                path = os.path.join(where, name)
                if name.endswith(".pyc") and "__pycache__" not in where or ".dist-info" in where:
                    archive.write(path, os.path.relpath(path, folder))
