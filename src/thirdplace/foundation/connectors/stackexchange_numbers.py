"""What a large dump's numbers stand for, in a few bytes each: a site has tens of millions of posts and accounts."""

from array import array

DENSE = 200_000_000  # numbers above this are not kept in a row


class Threads:
    """The question of every post, by its number."""

    def __init__(self) -> None:
        self._dense = array("i")
        self._sparse: dict[int, int] = {}

    def set(self, post: int, question: int) -> None:
        """Remember the question that a post stands under."""
        if not (0 <= post <= min(DENSE, 4 * len(self._dense) + 1_000_000) and question < DENSE):
            self._sparse[post] = question
            return
        if post >= len(self._dense):
            self._dense.frombytes(bytes(4 * (post + 1 + post // 4 - len(self._dense))))
        self._dense[post] = question

    def get(self, post: int) -> int | None:
        """The question, or None when the post is not in the dump."""
        if 0 <= post < len(self._dense) and (question := self._dense[post]):
            return question
        return self._sparse.get(post)


class Accounts:
    """The accounts that were told of, by their numbers."""

    def __init__(self) -> None:
        self._told = bytearray()
        self._others: set[str] = set()

    def is_new(self, who: str) -> bool:
        """Whether an account is met for the first time; it is known from then on."""
        number = int(who) if who.isascii() and who.isdigit() and len(who) < 10 else DENSE
        if number >= min(DENSE, 4 * len(self._told) + 1_000_000):
            known = who in self._others
            self._others.add(who)
            return not known
        if number >= len(self._told):
            self._told.extend(bytes(number + 1 + number // 4 - len(self._told)))
        known = bool(self._told[number])
        self._told[number] = 1
        return not known
