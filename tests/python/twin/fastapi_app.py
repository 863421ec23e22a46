"""Some routes of twin.api once more with FastAPI: the same handlers, the declarations by hand."""

from typing import Annotated

import handlers
from fastapi import Body, FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse
from robync import DeclaredError
from robync import HTTPException as OurHTTPException
from pydantic import BaseModel, Field
from twin_models import Item, Role, Unauthorized

app = FastAPI()
Id = Annotated[int, Path(ge=1)]
Limit = Annotated[int, Query(ge=1, le=100)]


class Card(BaseModel):
    last4: Annotated[str, Field(pattern="^[0-9]{4}$")]


@app.exception_handler(DeclaredError)
async def declared(request: Request, error: DeclaredError) -> JSONResponse:
    body = {name: value for name, value in vars(error).items() if value is not None and name != "challenge"}
    headers = {"WWW-Authenticate": error.challenge} if isinstance(error, Unauthorized) else None
    return JSONResponse(body, error.status_code, headers)


@app.exception_handler(OurHTTPException)
async def http(request: Request, error: OurHTTPException) -> JSONResponse:
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)


@app.get("/items/{id}", response_model=Item)
def item(id: Id, limit: Limit = 10, q: str | None = None, role: Annotated[list[Role], Query()] = []):
    return handlers.item(id, limit, q, role)


@app.get("/async-items/{id}", response_model=Item)
async def async_item(id: Id, limit: Limit = 10, q: str | None = None):
    return await handlers.async_item(id, limit, q)


@app.post("/either")
def either(value: Annotated[int | str | Card, Body()]) -> int | str | Card:
    return handlers.either(value)
