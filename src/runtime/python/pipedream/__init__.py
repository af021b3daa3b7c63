"""What steps import from: `pipedream.script_helpers` is the older form of a Python step."""
