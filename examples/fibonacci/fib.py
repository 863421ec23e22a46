"""The same as fibonacci.c, in Python: `robync bench` runs both."""


def number(n: int) -> int:
    return n if n < 2 else number(n - 1) + number(n - 2)


def fibonacci(n: int) -> dict[str, int]:
    return {"n": n, "value": number(n)}
