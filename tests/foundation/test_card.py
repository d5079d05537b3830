"""Cards, strictly parsed."""

import pytest

from thirdplace.foundation.card import Card, card_of, parse
from thirdplace.foundation.registry import WrongDefinition

LINES = ("Unit", "Empty")


def read(docstring: str | None) -> Card:
    return parse(docstring, LINES, name="share", file="share.py")


def refusal(docstring: str | None) -> str:
    with pytest.raises(WrongDefinition) as error:
        read(docstring)
    assert error.value.file == "share.py"
    return str(error.value)


def test_a_card_has_a_headline_and_its_lines():
    card = read(
        """Share of things
    that went well.

    Unit:   a share: from 0
            to 1.
    Empty:  None.
    """
    )
    assert card == Card("Share of things that went well.", {"Unit": "a share: from 0 to 1.", "Empty": "None."})


def test_what_is_missing_is_named_with_the_file():
    assert refusal("A share.\n\nUnit: x.") == "The docstring of share lacks Empty. Add a line 'Empty: …'. (share.py)"
    assert refusal("A share.\n\nUnit: x.\nEmpty:").startswith("The docstring of share lacks Empty.")
    assert refusal("A share.").startswith("The docstring of share lacks Unit.")
    assert refusal(None).startswith("share has no docstring.")
    assert refusal("  ").startswith("share has no docstring.")


def test_order_and_repetition_are_refused():
    assert "not in their order" in refusal("A share.\n\nEmpty: x.\nUnit: y.")
    assert "says Unit twice" in refusal("A share.\n\nUnit: x.\nUnit: y.\nEmpty: z.")


def test_a_misspelt_line_is_recognised():
    assert "Did you mean Empty?" in refusal("A share.\n\nUnit: x.\nEmtpy: y.")


def test_a_paragraph_that_belongs_to_no_line_is_refused():
    assert "'And another thing.'" in refusal("A share.\n\nAnd another thing.\n\nUnit: x.\nEmpty: y.")


def test_a_class_tells_its_own_name_and_file():
    class Half:
        """A half.

        Unit: one.
        """

    with pytest.raises(WrongDefinition) as error:
        card_of(Half, LINES)
    assert error.value.what == "The docstring of Half lacks Empty."
    assert error.value.file == __file__
