"""An address to reach a customer at, cleaned: an e-mail, or a phone in E.164; anything else is none."""

from __future__ import annotations


def clean_contact(text: str) -> str | None:
    """The contact in its canonical form, or None."""
    text = text.strip()[:200]
    return _email(text) if "@" in text else _phone(text)


def _email(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email  # seldom needed

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _phone(text: str) -> str | None:
    import phonenumbers  # seldom needed, and its tables are large

    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_possible_number(number)
        else None
    )
