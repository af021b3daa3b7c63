"""Runs a workflow's Python steps inside Pyodide.

JavaScript calls `session.begin_run`, `packages.configure`, `packages.ensure`, `step.run_step` and `step.cancel_all`
with arguments; what goes the other way passes through `host`. Nothing here touches JavaScript at import time,
because the modules are loaded into the memory snapshot before there is any.
"""
