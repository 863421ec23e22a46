"""examples/orders once more, with FastAPI."""

from typing import Annotated

from fastapi import FastAPI, Path, Query
from pydantic import BaseModel, Field

app = FastAPI(title="Orders", version="1.0.0")


class RootGetResponse(BaseModel):  # what an anonymous model is called
    message: str


class Item(BaseModel):
    id: int
    limit: int
    q: str | None


class Order(BaseModel):
    id: int = Field(ge=1)
    name: str = Field(min_length=3, max_length=40)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")
    age: int = Field(ge=0, le=150)
    price: float = Field(ge=0)
    quantity: int = Field(ge=1, le=1000)
    active: bool
    tags: list[Annotated[str, Field(max_length=20)]] = Field(max_length=10)
    note: Annotated[str, Field(max_length=500)] | None
    country: str = Field(min_length=2, max_length=2)


@app.get("/", operation_id="root_get")
async def root_get() -> RootGetResponse:
    return RootGetResponse(message="Hello, World!")


@app.get("/items/{id}", operation_id="item")
async def item(
    id: Annotated[int, Path(ge=1)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    q: str | None = None,
) -> Item:
    return Item(id=id, limit=limit, q=q)


@app.post("/orders", operation_id="order")
async def order(body: Order) -> Order:
    """Returns what it got."""
    return body
