"""examples/store once more, with FastAPI: the same answers from the same state.

What FastAPI has no word for is said by hand: `name?: T` is a default that the schema does not show and
responses leave out, and headers of answers stand in `responses`.
"""

import datetime
import enum
import functools
import secrets
import urllib.parse
import uuid
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Body, Cookie, FastAPI, Form, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from pydantic import AfterValidator, AnyUrl, BaseModel, ConfigDict, EmailStr, Field, HttpUrl
from pydantic_core import PydanticCustomError

app = FastAPI(
    title="Store", version="1.4.0", description="A small shop that keeps everything in memory.",
    contact={"name": "The shop", "email": "shop@example.com"}, license_info={"name": "MIT"},
    generate_unique_id_function=lambda route: route.name)

# ---------------------------------------------------------------------- types

T = TypeVar("T")
Id = Annotated[int, Field(ge=1, le=2147483647)]
Slug = Annotated[str, Field(min_length=3, max_length=40, pattern="^[a-z0-9-]+$")]
Price = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]

AMOUNT = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 99999999, "multipleOf": 0.01},
                    {"type": "string", "pattern": r"^[0-9]{1,8}(\.[0-9]{1,2})?$"}]}


class Role(str, enum.Enum):
    admin = "admin"
    editor = "editor"
    viewer = "read-only"


class Priority(enum.IntEnum):
    low = 1
    normal = 5
    high = 9


def absent():
    """The default of `name?: T`."""
    return Field(default=None, json_schema_extra=lambda schema: schema.pop("default", None))


def write_only(schema):
    schema.pop("default", None)
    schema["writeOnly"] = True


def unique(items):
    if len(set(items)) != len(items):
        raise PydanticCustomError("unique", "List items should be unique")
    return items


class UserIn(BaseModel):
    """A person who can sign in."""
    name: Slug = Field(examples=["ada-l"])
    email: EmailStr
    role: Role = Role.viewer
    age: Annotated[int, Field(ge=0, le=150)] = absent()
    bio: Annotated[str, Field(max_length=500)] | None
    tags: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=10, json_schema_extra={"uniqueItems": True}),
                    AfterValidator(unique)] = []


class User(UserIn):
    __doc__ = None
    id: Id = Field(json_schema_extra={"readOnly": True})
    created: datetime.datetime = Field(json_schema_extra={"readOnly": True})


class UserPatch(BaseModel):
    """What a change may touch: absent leaves as it is, null clears."""
    model_config = ConfigDict(extra="forbid")
    role: Role = absent()
    age: Annotated[int, Field(ge=0, le=150)] | None = absent()
    bio: Annotated[str, Field(max_length=500)] | None = absent()


class Size(BaseModel):
    width: float = Field(gt=0)
    height: float = Field(gt=0)


class Product(BaseModel):
    sku: Slug
    title: str = Field(min_length=1, max_length=80)
    price: Price = Field(json_schema_extra=AMOUNT)
    priority: Priority = Priority.normal
    size: Size | Literal["none"] = "none"
    labels: dict[str, Annotated[str, Field(max_length=40)]] = {}
    homepage: AnyUrl = absent()
    webhook: HttpUrl = Field(default=None, exclude=True, json_schema_extra=write_only)
    released: datetime.date = absent()
    extra: Any = absent()


class Category(BaseModel):
    """Categories nest."""
    name: str = Field(min_length=1, max_length=40)
    children: list["Category"] = Field(default=[], max_length=20)


class PaymentCard(BaseModel):
    kind: Literal["card"]
    last4: str = Field(pattern="^[0-9]{4}$")


class PaymentIban(BaseModel):
    kind: Literal["iban"]
    iban: str = Field(min_length=15, max_length=34, pattern="^[A-Z]{2}[0-9]{2}[A-Z0-9]+$")


Payment = Annotated[PaymentCard | PaymentIban, Field(discriminator="kind")]


class Receipt(BaseModel):
    id: uuid.UUID
    user: Id
    amount: Price
    payment: Payment
    paid: datetime.datetime


class Page(BaseModel, Generic[T]):
    # Pydantic does not hand a docstring on to Page[User].
    model_config = ConfigDict(json_schema_extra={"description": "One page of a longer list."})
    items: list[T]
    total: int = Field(ge=0)
    next: int = absent()


class Conflict(BaseModel):
    field: str
    hint: str = absent()


class Unauthorized(BaseModel):
    detail: str = "Not authenticated"


class NotFound(BaseModel):
    detail: str = "Not Found"


class BadRequest(BaseModel):
    """The server's own answer to a body that is not UTF-8, or nested too deep: no handler gives it."""
    detail: str = "There was an error parsing the body"


class HealthzGetResponse(BaseModel):
    status: str


class CategoriesCountResponse(BaseModel):
    count: int


class FingerprintResponse(BaseModel):
    bytes: int
    fnv1a: str


# ---------------------------------------------------------------------- state and helpers

USERS_MAX = PRODUCTS_MAX = 1000
users, versions, products, sessions = {}, {}, {}, {}


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def whole(model):
    """Marks all members but the absent ones as set, so that exclude_unset leaves only those out."""
    optional = {name for name, field in type(model).model_fields.items() if field.default is None and not field.is_required()}
    model.model_fields_set.update(set(type(model).model_fields) - optional)
    return model


def error(status, model, headers=None):
    return JSONResponse(model.model_dump(mode="json", exclude_unset=True), status, headers)


def no_user():
    return error(404, NotFound(detail="No such user"))


def unauthorized(detail):
    return error(401, Unauthorized(detail=detail), {"WWW-Authenticate": "Bearer"})


def page_of(model, found, offset, limit):
    more = {"next": offset + limit} if len(found) > offset + limit else {}
    return Page[model](items=found[offset:offset + limit], total=len(found), **more)


def header(name, **schema):
    return {name: {"required": True, "schema": {"type": "string", **schema}}}


ETAG = {"headers": header("ETag")}
BAD = {400: {"model": BadRequest, "description": BadRequest.__doc__}}
MISSING = {404: {"model": NotFound}}
CONFLICT = {409: {"model": Conflict}}
UNAUTHORIZED = {401: {"model": Unauthorized, "headers": header("WWW-Authenticate", default="Bearer")}}
INVALID = {"description": "Validation Error",
           "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPValidationError"}}}}

Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=100)]


def route(method, path, **options):
    return functools.partial(app.api_route, path, methods=[method], response_model_exclude_unset=True)(**options)


# ---------------------------------------------------------------------- routes

@route("GET", "/healthz")
async def healthz_get() -> HealthzGetResponse:
    return HealthzGetResponse(status="ok")


@route("GET", "/old/{rest:path}", status_code=308, response_class=RedirectResponse)
async def old_rest_get(rest: str, request: Request):
    query = "?" + request.url.query if request.url.query else ""
    location = "/v1/" + urllib.parse.quote(rest, safe="/") + query
    return Response(status_code=308, headers={"Location": location})


@route("GET", "/v1/users", tags=["users"])
async def users_list(role: Annotated[list[Role], Query()] = [], offset: Offset = 0, limit: Limit = 20) -> Page[User]:
    """List users by role."""
    return page_of(User, [user for user in users.values() if not role or user.role in role], offset, limit)


@route("GET", "/v1/users/{id}", tags=["users"], response_model=User, responses={200: ETAG, 304: ETAG, **MISSING})
async def users_get(id: Annotated[Id, Path()], response: Response, etag: Annotated[str | None, Header(alias="If-None-Match")] = None):
    """Fetch one user."""
    if id not in users:
        return no_user()
    current = f'"{id}-{versions[id]}"'
    if etag == current:
        return Response(status_code=304, headers={"ETag": current})
    response.headers["ETag"] = current
    return users[id]


@route("POST", "/v1/users", tags=["users"], status_code=201, response_model=User,
       responses={201: {"headers": header("location")}, **CONFLICT, **BAD})
async def users_create(body: UserIn, response: Response):
    """Create a user."""
    if any(user.name == body.name for user in users.values()):
        return error(409, Conflict(field="name"))
    if len(users) == USERS_MAX:
        return error(409, Conflict(field="id", hint="The shop is full"))
    id = users_create.last = users_create.last + 1
    users[id] = whole(User(**body.model_dump(exclude_unset=True), id=id, created=now()))
    versions[id] = 1
    response.headers["location"] = f"/v1/users/{id}"
    return users[id]


users_create.last = 0


@route("PATCH", "/v1/users/{id}", tags=["users"], response_model=User, responses=MISSING | BAD)
async def users_patch(id: Annotated[Id, Path()], body: UserPatch):
    """Change some of a user."""
    if id not in users:
        return no_user()
    changed = {**users[id].model_dump(exclude_unset=True), **body.model_dump(exclude_unset=True)}
    if changed.get("age", 0) is None:
        del changed["age"]
    users[id] = whole(User(**changed))
    versions[id] += 1
    return users[id]


@route("DELETE", "/v1/users/{id}", tags=["users"], status_code=204, responses=MISSING, response_class=Response)
async def users_delete(id: Annotated[Id, Path()]):
    """Forget a user."""
    return Response(status_code=204) if users.pop(id, None) else no_user()


@route("POST", "/v1/users/{id}/pay", tags=["users"], status_code=202, response_model=Receipt, responses=MISSING | BAD)
async def pay(id: Annotated[Id, Path()], amount: Annotated[Price, Body(json_schema_extra=AMOUNT)], payment: Annotated[Payment, Body()]):
    """Pay as a user."""
    if id not in users:
        return no_user()
    return Receipt(id=uuid.uuid4(), user=id, amount=amount, payment=payment, paid=now())


@route("PUT", "/v1/products/{sku}", tags=["products"], response_model=Product,
       responses={201: {"model": Product}, **CONFLICT, **BAD})
async def products_put(sku: Annotated[Slug, Path()], body: Product, response: Response):
    """Put a product on the shelf, or replace it."""
    if sku != body.sku:
        return error(409, Conflict(field="sku", hint="Path and body name different products"))
    if sku not in products and len(products) == PRODUCTS_MAX:
        return error(409, Conflict(field="sku", hint="The shelf is full"))
    response.status_code = 200 if sku in products else 201
    products[sku] = whole(body)
    return body


@route("GET", "/v1/products/{sku}", tags=["products"], response_model=Product, responses=MISSING)
async def products_get(sku: Annotated[Slug, Path()]):
    """Fetch one product."""
    return products[sku] if sku in products else error(404, NotFound(detail="No such product"))


@route("GET", "/v1/products", tags=["products"])
async def products_list(
    q: Annotated[str | None, Query(max_length=80)] = None, max_price: Annotated[Price | None, Query(json_schema_extra=AMOUNT)] = None,
    offset: Offset = 0, limit: Limit = 20,
) -> Page[Product]:
    """Search by words and price."""
    found = [product for product in products.values()
             if (not q or q in product.title) and (max_price is None or product.price <= max_price)]
    return page_of(Product, found, offset, limit)


class CSV(Response):
    media_type = "text/csv"


@route("GET", "/v1/products/export/csv", tags=["products"], response_class=CSV)
async def products_csv():
    """The price list, for a spreadsheet."""
    rows = ["sku,title,price", *('%s,"%s",%s' % (p.sku, p.title.replace('"', '""'), p.price) for p in products.values())]
    return CSV("".join(row + "\r\n" for row in rows), headers={"Content-Type": "text/csv"})


@route("POST", "/session", tags=["session"], status_code=204, response_class=Response,
       responses={204: {"headers": header("Set-Cookie")}, **UNAUTHORIZED, **BAD})
async def session_open(name: Annotated[Slug, Form()], password: Annotated[str, Form(min_length=1)]):
    """Sign in with a form; the session lives in a cookie."""
    user = next((user for user in users.values() if user.name == name), None)
    if not user or password != "sesame":
        return unauthorized("Wrong name or password")
    sid = secrets.token_hex(16)
    sessions[sid] = user.id
    response = Response(status_code=204)
    response.set_cookie("sid", sid)
    return response


@route("GET", "/session", tags=["session"], response_model=User, responses=UNAUTHORIZED)
async def session_user(sid: Annotated[str | None, Cookie()] = None):
    """Who is signed in."""
    return users.get(sessions.get(sid)) or unauthorized("Not authenticated")


@route("POST", "/v1/categories/count", tags=["tools"], responses=BAD)
async def categories_count(body: Category) -> CategoriesCountResponse:
    """How many nodes a tree of categories has."""
    def count(category):
        return 1 + sum(map(count, category.children))
    return CategoriesCountResponse(count=count(body))


RAW = {"content": {"application/octet-stream": {"schema": {"type": "string", "minLength": 1}}}, "required": True}


@route("POST", "/v1/fingerprint", tags=["tools"], openapi_extra={"requestBody": RAW, "responses": {"422": INVALID}})
async def fingerprint(request: Request) -> FingerprintResponse:
    """A fingerprint of whatever is posted."""
    body = await request.body()
    if not body:
        raise RequestValidationError([{"type": "missing", "loc": ["body"], "msg": "Field required", "input": None}])
    value = functools.reduce(lambda value, byte: (value ^ byte) * 0x100000001b3 % 2**64, body, 0xcbf29ce484222325)
    return FingerprintResponse(bytes=len(body), fnv1a=f"{value:016x}")


@route("GET", "/hello", tags=["tools"], response_class=PlainTextResponse)
async def hello(name: Annotated[str, Query(max_length=40, pattern=r"^[^\x00-\x1f]*$")] = "world"):
    """A greeting as plain text."""
    return f"Hello, {name}!\n"


@route("GET", "/", response_class=HTMLResponse, include_in_schema=False)
async def front_page():
    return '<!doctype html>\n<title>Store</title>\n<p>See <a href="/docs">the documentation</a>.\n'
