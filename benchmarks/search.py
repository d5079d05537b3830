"""What searching costs over a house that was filled before: milliseconds, newest and best first, with the count.

    THIRDPLACE_DATA=FOLDER python benchmarks/search.py [--community 1] [--rounds 40] [--words "the" "release" …]

Without words, the most common ones of a sample of messages are taken: the hardest case. Beside them what pages ask.
"""

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator

from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Index
from thirdplace.foundation.index.words import pieces

SAMPLE = 3000
SPOKE = tuple(kind.value for kind in SPOKEN)


def main() -> None:
    """Ask everything many times; say its median and its slowest hundredth."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--community", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=40)
    asked.add_argument("--words", nargs="*", default=[])
    given = asked.parse_args()
    index = Index(given.community)
    print(f"{index.count():,} messages; wall and CPU milliseconds")
    words = given.words or common(index)
    print("common words:", ", ".join(f"{word} {index.count(words=word):,}" for word in words))
    print(f"{'asked':34} {'first':>8} {'median':>8} {'p99':>8} {'CPU p99':>8}")
    for name, ask in [*searches(words), *latest(index)]:
        told(name, ask, given)


def told(name: str, ask: Callable[[Index, int], object], given: argparse.Namespace) -> None:
    """Ask so many times, each as a request of its own, and print."""
    walls, cpus = [], []
    for nth in range(given.rounds + 1):
        began, worked = time.perf_counter(), time.process_time()
        ask(Index(given.community), nth)
        walls.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - worked) * 1000)
    first, walls, cpus = walls[0], sorted(walls[1:]), sorted(cpus[1:])
    last = min(len(walls) - 1, round(len(walls) * 0.99))
    print(f"{name:34} {first:8.1f} {statistics.median(walls):8.1f} {walls[last]:8.1f} {cpus[last]:8.1f}")


def searches(words: list[str]) -> Iterator[tuple[str, Callable[[Index, int], object]]]:
    """What a person may type, of the most common words."""
    pairs = list(zip(words, words[1:] + words[:1], strict=True))
    asked = {
        "a word": words,
        "two words": [" ".join(each) for each in pairs],
        "a phrase": ['"{} {}"'.format(*each) for each in pairs],
        "how a word begins": [f"{word[:3]}*" for word in words],
    }
    for order, best in (("newest first", False), ("best first", True)):
        for name, texts in asked.items():
            yield f"{name}, {order}", _search(texts, best=best)
        yield f"a word, {order}, what was said", _search(words, best=best, kinds=SPOKE)
        yield f"near spelling, {order}", _search(words, best=best, near=True)


def _search(
    texts: list[str], *, best: bool, near: bool = False, kinds: tuple[str, ...] = ()
) -> Callable[[Index, int], object]:
    return lambda index, nth: index.search(texts[nth % len(texts)], best=best, near=near, kinds=kinds)


def latest(index: Index) -> Iterator[tuple[str, Callable[[Index, int], object]]]:
    """What pages ask."""
    seen = index.latest(limit=200)
    channels = list({each.channel for each in seen if each.channel is not None})
    people = list({each.identity for each in seen if each.identity is not None})
    yield "latest", lambda index, _nth: index.latest(kinds=SPOKE)
    yield "latest of a channel", lambda index, nth: index.latest(channels=[channels[nth % len(channels)]])
    yield "latest of a person", lambda index, nth: index.latest(identities=[people[nth % len(people)]])
    yield "messages by key", lambda index, nth: index.messages([each.key for each in seen[nth % 100 : nth % 100 + 50]])


def common(index: Index) -> list[str]:
    """The twelve words that most messages have."""
    said = index.latest(limit=SAMPLE, kinds=SPOKE)
    random.Random(1).shuffle(said)
    found = Counter(word for each in said for word in set(pieces(each.text or "")) if not word.isdigit())
    return [word for word, _count in found.most_common(12)]


if __name__ == "__main__":
    main()
