"""Pictures, and how sure measures are, as the API tells them."""

import pytest

from thirdplace.foundation.engine.pictures import pictures


@pytest.mark.parametrize("slug", list(pictures))
def test_a_picture_has_its_card_and_its_rows(script, slug):
    assert slug in {each["slug"] for each in script.get("pictures")[1]}
    status, one = script.get(f"pictures/{slug}")
    assert (status, set(one["card"]["lines"])) == (200, {"Unit", "Better", "Source", "Counts", "Omits", "Empty"})
    assert one["n"] > 0
    assert one["sure"]
    assert slug == "retention" or sum(row["n"] for row in one["rows"]) == one["n"]
    assert script.get(f"pictures/{slug}", staff="nobody")[0] in (400, 422)


def test_a_measure_says_how_sure_it_is_and_by_what_it_is_told(script):
    known = {each["slug"]: each for each in script.get("measures")[1]}
    assert known["participation_inequality"]["sure"].startswith("None: ")
    assert known["participation_inequality"]["grains"] == ["week", "month"]
    assert known["returning_share"]["rate"] is True
