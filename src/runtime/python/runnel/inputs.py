"""`pd.steps` and `pd.inputs`: real dicts that answer a missing key as the product does, or say what is there instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .datastore import DataStore

RETURN_VALUE = "$return_value"

DATA_STORE = "data_store"


def names(keys: Iterable[Any], limit: int = 20) -> str:
    """Keys as a sentence lists them: quoted, the first 20, then how many more."""
    listed = list(keys)
    text = ", ".join(repr(key) if len(repr(key)) <= 80 else repr(key)[:79] + "…" for key in listed[:limit])
    return f"{text} and {len(listed) - limit} more" if len(listed) > limit else text


def missing(key: Any, hint: str, code: str | None = None) -> KeyError:
    """A `KeyError` that carries its hint, and the code it is shown with where that isn't `PythonError`."""
    error = KeyError(key)
    error.runnel_hint = hint  # type: ignore[attr-defined]
    error.runnel_code = code  # type: ignore[attr-defined]
    return error


class StepExports(dict[str, Any]):
    """One earlier step's exports. A key that is no export is looked up in the step's return value (fact 11)."""

    step_name = ""

    @classmethod
    def of(cls, step_name: str, exports: Mapping[str, Any]) -> StepExports:
        """The exports of the step of this name."""
        made = cls(exports)
        made.step_name = step_name
        return made

    def __missing__(self, key: Any) -> Any:
        value = dict.get(self, RETURN_VALUE)
        try:
            if isinstance(value, dict | list):
                return value[key]
        except (KeyError, IndexError, TypeError):
            pass
        raise missing(key, self._hint(key, value))

    def get(self, key: Any, default: Any = None) -> Any:
        """As `dict.get`, and falls through to the return value like `[]` does."""
        try:
            return self[key]
        except KeyError:
            return default

    def _hint(self, key: Any, value: Any) -> str:
        where = f'pd.steps["{self.step_name}"]'
        if not self:
            return f"{where} exported nothing: its handler returned None and called no pd.export."
        text = f"{where} has no {key!r}. It has {names(self)}"
        return f"{text}, and in its return value {names(value)}." if isinstance(value, dict) and value else f"{text}."


class Steps(dict[str, Any]):
    """Exports of the earlier steps by name. An app of this step answers where no step has its name (fact S1)."""

    inputs: Inputs
    own_name = ""

    @classmethod
    def of(cls, steps: Mapping[str, Any], inputs: Inputs, own_name: str) -> Steps:
        """What `pd.steps` is inside the step `own_name`."""
        made = cls()
        for name, exports in steps.items():
            made[name] = StepExports.of(name, exports) if isinstance(exports, dict) else exports
        made.inputs = inputs
        made.own_name = own_name
        return made

    def __missing__(self, name: Any) -> Any:
        if name in self.inputs or name in self.inputs.unconnected:
            return self.inputs[name]
        if name == self.own_name:
            hint = f'"{name}" is this very step. pd.steps holds what earlier steps exported: {names(self) or "nothing"}.'
        else:
            hint = (
                f"No earlier step named {name!r} has exports. There are: {names(self) or 'none'}. "
                "Later and disabled steps are absent; a step that was not tested yet has no exports: use "
                "“Test up to here” or “Test workflow”."
            )
        raise missing(name, hint)

    def get(self, name: Any, default: Any = None) -> Any:
        """As `dict.get`, an app of this step included."""
        try:
            return self[name]
        except KeyError:
            return default


class Inputs(dict[str, Any]):
    """What is attached to this step by app: `{"$auth": properties}`; and its data store as `data_store`."""

    unconnected: Iterable[str] = ()

    @classmethod
    def of(
        cls, inputs: Mapping[str, Any], unconnected: Iterable[str], data_store: DataStore | None = None
    ) -> Inputs:
        """The inputs of a step; `unconnected` are the attached apps no account was chosen for, and `data_store` without a store."""
        made = cls(inputs)
        if data_store is not None:
            made[DATA_STORE] = data_store
        made.unconnected = tuple(unconnected)
        return made

    def __missing__(self, app: Any) -> Any:
        if app == DATA_STORE:
            raise missing(
                app,
                "A data store is attached to this step, but none is chosen. Choose one above the code, or make a new one."
                if app in self.unconnected
                else "No data store is attached to this step. Use “Add data store” above the code.",
                "DataStoreMissing",
            )
        if app in self.unconnected:
            raise missing(
                app,
                f"{app} is attached to this step, but no account is chosen. Pick or connect one above the code.",
                "AccountMissing",
            )
        if app in ("env", "environment"):
            raise missing(app, 'Environment variables are not inputs: read them with os.environ["NAME"].')
        attached = f"Attached here: {names(self)}." if self else "No app with an account is attached to it."
        raise missing(app, f"No app {app!r} is attached to this step. {attached} Use “Add app” above the code.")
