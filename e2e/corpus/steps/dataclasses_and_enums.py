from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Optional

class Priority(str, Enum):
    LOW = "low"
    HIGH = "high"

@dataclass(order=True)
class Task:
    due: str
    title: str = field(compare=False)
    priority: Priority = field(default=Priority.LOW, compare=False)
    assignee: Optional[str] = field(default=None, compare=False)
    tags: list[str] = field(default_factory=list, compare=False)

def handler(pd: "pipedream"):
    tasks = [
        Task("2026-02-01", "Send invoice", Priority.HIGH, tags=["money"]),
        Task("2026-01-15", "Call back", assignee="Ada", tags=["phone", "money"]),
    ]
    by_priority = defaultdict(list)
    for task in sorted(tasks):
        by_priority[task.priority.value].append(asdict(task))
    tags = Counter(tag for task in tasks for tag in task.tags)
    return {"tasks": by_priority, "tags": tags.most_common(1)}
