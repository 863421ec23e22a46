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
