/** Python that takes the port over which its worker talks to the page, as a step's code can: nothing in its own realm is out of its reach. */
export const CONTROL_PORT = `import js
from pyodide.ffi import create_proxy, to_js

NATIVE = js.MessagePort.prototype.postMessage
GATHERED = []

def spy(this, message, *rest):
    GATHERED.append(this)
    return js.Reflect.apply(NATIVE, this, to_js([message, *rest]))

def port_of(action):
    """The port that is used by this action."""
    GATHERED.clear()
    js.MessagePort.prototype.postMessage = create_proxy(spy, capture_this=True)
    action()
    js.MessagePort.prototype.postMessage = NATIVE
    return GATHERED[0]

def control_port():
    import _runnel_host
    return port_of(lambda: _runnel_host.phase("taken over"))

def message(json_text):
    return js.JSON.parse(json_text)
`;
