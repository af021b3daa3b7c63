/**
 * The part of a step's stub that is the same for all: `pd` itself, `console` and `display`, as shared/reference says (facts 12, 20 to
 * 29 and S3). What the runtime doesn't have yet is there too: it says so itself when it is called.
 */
export function knownTypes(steps: string, inputs: string): string {
  return `
class Flow:
    def exit(self, reason: object = "", /) -> Any:
        """Ends the workflow after this step; with \`return\` before it, at once."""
    def delay(self, ms: float, context: Any = ..., /) -> dict[str, str]:
        """Waits at the end of the step, for so many milliseconds."""
    def suspend(self, timeout_ms: float = ..., /, **options: Any) -> dict[str, str]:
        """Waits at the end of the step until the run is resumed."""
    def rerun(self, delay_ms: float = ..., context: Any = ..., maxRetries: int = 10, /, **options: Any) -> Any:
        """Runs this step again after so many milliseconds."""

class Send:
    def __getattr__(self, name: str) -> Callable[..., Any]: ...

class DataStore:
    """A data store of the workflow: values are copies, keys are strings."""
    def __getitem__(self, key: str, /) -> Any: ...
    def __setitem__(self, key: str, value: Any, /) -> None: ...
    def __delitem__(self, key: str, /) -> None: ...
    def __contains__(self, key: object, /) -> bool: ...
    def get(self, key: str, default: Any = None, /) -> Any: ...
    def set(self, key: str, value: Any, ttl: float | None = None) -> None:
        """Stores a value; after \`ttl\` seconds it is gone."""
    def set_ttl(self, key: str, ttl: float | None = None) -> None: ...
    def keys(self) -> Iterable[str]: ...
    def items(self) -> Iterable[tuple[str, Any]]: ...
    def clear(self) -> None: ...

class pipedream:
    steps: ${steps}
    """Exports of the trigger and the steps above."""
    inputs: ${inputs}
    """Accounts of the attached apps."""
    flow: Flow
    send: Send
    context: dict[str, Any]
    event: Any
    def export(self, name: str, value: Any, /) -> None:
        """Adds a named export: later steps read it as \`pd.steps[STEP][name]\`."""
    def respond(self, response: Any = ..., /, **options: Any) -> Any:
        """Answers the HTTP request that triggered the workflow."""

class Console:
    def log(self, *values: object) -> None:
        """Writes to the step's logs."""
    info = log
    debug = log
    warn = log
    error = log

_P = pipedream
console: Console
def display(*values: object) -> None:
    """Shows values below the step: a table, an image, HTML or a tree."""

steps: ${steps}
def export(name: str, value: Any, /) -> None: ...
`;
}

/** Files beside each step, which don't change: what is in its globals without an import, and the older form's module. */
export const besideEachStep: Readonly<Record<string, string>> = {
  "__builtins__.pyi":
    "from runnel_step import _P as _P, console as console, display as display, pipedream as pipedream\n",
  "runnel_step.pyi": "",
  "pipedream/__init__.pyi": "",
  "pipedream/script_helpers.pyi": "from runnel_step import export as export, steps as steps\n",
};
