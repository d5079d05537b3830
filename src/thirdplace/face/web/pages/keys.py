"""Keys of the log in addresses: they are whole numbers of 64 bits, and half of them are negative."""

from django.urls import register_converter
from django.urls.converters import get_converters


class Key:
    """A message, channel or thread by its number."""

    regex = "-?[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The number; what is larger than the log can hold is no address of ours."""
        number = int(value)
        if not -(1 << 63) <= number < 1 << 63:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """The number as it stands in the address."""
        return str(value)


if "key" not in get_converters():
    register_converter(Key, "key")


def number(value: str | None) -> int | None:
    """A number from a query string, or None when it is none that the log could hold."""
    try:
        return Key().to_python(value) if value else None
    except ValueError:
        return None
