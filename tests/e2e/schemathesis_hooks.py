"""What the format `email` cannot say: names that RFC 6761 reserves (a@b.test) take no mail, and a name in
Punycode comes back in its own script, as EmailStr has it."""

import schemathesis
from email_validator import EmailNotValidError, validate_email
from hypothesis import strategies


def takes_mail(address):
    try:
        return validate_email(address, check_deliverability=False).normalized.isascii()
    except EmailNotValidError:
        return False


schemathesis.openapi.format("email", strategies.emails().filter(takes_mail))


def whole(value):
    """52.0 is an integer to JSON Schema and none to `strict: true`, nor to Pydantic: send 52."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


@schemathesis.hook
def map_body(context, body):
    return whole(body)
