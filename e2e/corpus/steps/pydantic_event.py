from typing import Literal, Optional
from pydantic import BaseModel, Field, ValidationError, field_validator

class Line(BaseModel):
    sku: str
    price: float = Field(gt=0)
    quantity: int = 1

class Order(BaseModel):
    id: str
    lines: list[Line]
    currency: Literal["EUR", "USD"] = "EUR"
    note: Optional[str] = None

    @field_validator("id")
    @classmethod
    def prefixed(cls, value: str) -> str:
        if not value.startswith("A-"):
            raise ValueError("an order's id starts with A-")
        return value

def handler(pd: "pipedream"):
    order = Order.model_validate(pd.steps["trigger"]["event"]["body"]["order"])
    try:
        Order.model_validate({"id": "4711", "lines": [{"sku": "x", "price": 0}]})
    except ValidationError as e:
        problems = [".".join(map(str, problem["loc"])) for problem in e.errors()]
    return {"order": order.model_dump(exclude_none=True), "problems": problems}
