/**
 * The part of a step's stub that is the same for all: `pd` itself, `console` and `display`, as the bridge has them
 * (src/runtime/python/runnel: facts 12, 20 to 30 and S3). The one source of what the editor offers of them, with the language server
 * and before it is there. `Steps` and `Inputs` are what one step can read.
 */
export const knownTypes = `
class Flow:
    """How a step ends its workflow, or lets it wait once the step has ended."""
    def exit(self, reason: object = "") -> None:
        """Ends the workflow after this step; with \`return\` before it, at once."""
    def delay(self, ms: float) -> dict[str, str]:
        """Waits at the end of the step, for so many milliseconds. Gives \`resume_url\` and \`cancel_url\`."""
    def suspend(self, timeout_ms: float | None = 86_400_000) -> dict[str, str]:
        """Waits at the end of the step until the run is resumed. Gives \`resume_url\` and \`cancel_url\`."""
    def rerun(self, delay_ms: float, context: Any = None, maxRetries: int | None = 10) -> dict[str, str]:
        """Runs this step again after so many milliseconds; \`context\` is its \`pd.context["run"]["context"]\` then."""

class Send:
    """Deliveries of the original's server. Here each says what to use instead."""
    def __getattr__(self, name: str) -> Callable[..., Any]: ...

class DataStore(MutableMapping[str, Any]):
    """A data store of the workflow: values are copies, keys are strings."""
    def __getitem__(self, key: str) -> Any: ...
    def __setitem__(self, key: str, value: Any) -> None: ...
    def __delitem__(self, key: str) -> None: ...
    def __contains__(self, key: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, default: Any = None) -> Any:
        """The value of a record, or the default where there is none."""
    def set(self, key: str, value: Any, ttl: float | None = None) -> None:
        """Stores a copy of a value; after \`ttl\` seconds it is gone."""
    def set_ttl(self, key: str, ttl: float | None) -> None:
        """Says anew when a record is gone: in \`ttl\` seconds, or never (None)."""
    def pop(self, key: str, default: Any = ...) -> Any:
        """Deletes a record and gives its value, or the default."""
    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value of a record, which is set to the default where there is none."""
    def keys(self) -> KeysView[str]:
        """All keys, in the order of their characters."""
    def values(self) -> ValuesView[Any]:
        """All values, in the order of their keys."""
    def items(self) -> ItemsView[str, Any]:
        """All records as \`(key, value)\`, in the order of their keys."""
    def clear(self) -> None:
        """Deletes all records."""

class pipedream:
    steps: Steps
    """Exports of the trigger and the steps above."""
    inputs: Inputs
    """Accounts of the attached apps, and the data store."""
    def export(self, name: str, value: Any) -> None:
        """Adds a named export: later steps read it as \`pd.steps[STEP][name]\`."""
    flow: Flow
    """Ends, delays, suspends or repeats the run: \`exit\`, \`delay\`, \`suspend\`, \`rerun\`."""
    def respond(self, response: Any) -> None:
        """Answers the HTTP request that triggered the workflow: \`{"status": 200, "body": …, "headers": {…}}\`."""
    context: dict[str, Any]
    """What is known of the run; of a step that runs again \`context["run"]\`."""
    send: Send
    """Not there: each of its functions says what to use instead."""

class Console:
    """Writes to the step's logs, dicts and lists as JSON."""
    def log(self, *values: object) -> None:
        """Writes to the step's logs."""
    info = log
    debug = log
    def warn(self, *values: object) -> None:
        """Writes to the step's logs, as an error output."""
    error = warn

_P = pipedream
console: Console
def display(*values: object) -> None:
    """Shows values below the step: a table, an image, HTML or a tree."""

steps: Steps
def export(name: str, value: Any) -> None: ...
`;

/** Files beside each step, which don't change: what is in its globals without an import, and the older form's module. */
export const besideEachStep: Readonly<Record<string, string>> = {
  "__builtins__.pyi":
    "from runnel_step import _P as _P, console as console, display as display, pipedream as pipedream\n",
  "runnel_step.pyi": "",
  "pipedream/__init__.pyi": "",
  "pipedream/script_helpers.pyi": "from runnel_step import export as export, steps as steps\n",
};
