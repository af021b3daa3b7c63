"""The configuration of the steps below, and what is put together from it."""
from typing import Any, Dict, List

routers_config = {
    "tone": {"enabled": 1, "prompt": "Write to {name} in a calm tone."},
    "links": {"[CASE STUDY]": "https://www.example.com/case-studies/1"},
}

class PromptAssembler:
    def __init__(self, config: Dict[str, Any]):
        self.config = config
        self.prompts: List[str] = []

    def assemble(self) -> Dict[str, Any]:
        for key, value in self.config.items():
            if isinstance(value, dict) and value.get("enabled"):
                self.prompts.append(f"{key}: " + value["prompt"].format(name="Ada"))
        return {"prompts": self.prompts, "count": len(self.prompts)}

def handler(pd: "pipedream"):
    pd.export("classification result:", PromptAssembler(routers_config).assemble())
    pd.export("routers_config", routers_config)
    print("Config and Prompts Exported.")
