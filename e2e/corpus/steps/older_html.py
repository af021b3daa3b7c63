from pipedream.script_helpers import (steps, export)

html = """
<h2>New order</h2>
"""

html = html + f"""
<p>
An order of {len(steps['trigger']['event']['body']['order']['lines'])} lines has come in:
<b>{steps['trigger']['event']['body']['order']['id']}</b>
</p>
"""

# Return data for use in future steps
export("html", html)
