"""Take back what was said to somebody."""

from thirdplace.flow.actions import NoUndo, action
from thirdplace.flow.models import Deed


@action(
    verb="Take it back",
    needs="communicating.answer_message",
    undo=NoUndo("Say it again instead: welcome, answer or thank them once more."),
)
def take_back_words(*, deed: Deed) -> Deed:
    """Record that words were not said after all. Where they already stand, remove them there yourself."""
    return deed
