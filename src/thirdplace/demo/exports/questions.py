"""The question site, as a dump of Stack Exchange."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

from thirdplace.demo.cast import Person
from thirdplace.demo.exports.packing import moment, pack
from thirdplace.demo.talk import Conversation, Message
from thirdplace.demo.town import Town

NAME = "Hedgerow Questions"
_ABOUT = (
    "Walks slowly, near {home}.",
    "Paths, mostly wet ones.",
    "I map what I pass.",
    "Ask me about {device}.",
    "{home}. Boots by the door.",
)
Rows = list[dict[str, object]]


class Dump:
    """Gathers the rows of each table."""

    def __init__(self, town: Town) -> None:
        self.rng = Random(f"dump {town.almanac.ends_on}")  # noqa: S311 - a story, not a secret
        self.town = town
        self.talks = [talk for talk in town.talks if talk.source == "questions"]
        self.posts: list[tuple[Conversation, Message]] = []
        self.tables: dict[str, Rows] = {name: [] for name in ("Badges", "Comments", "Posts", "Tags", "Users", "Votes")}
        self._number()

    def _number(self) -> None:
        """Posts and comments get their numbers in the order they were written; people in the order they came."""
        written = [(talk, message) for talk in self.talks for message in talk.messages]
        written.sort(key=lambda both: both[1].at)
        self.posts = [both for both in written if both[1].kind in ("asked", "answered")]
        for number, (_, message) in enumerate(self.posts, 1):
            message.native = f"post-{number}"
        for number, (_, message) in enumerate((both for both in written if both[1].kind == "commented"), 1):
            message.native = f"comment-{number}"
        self.people: dict[str, int] = {}
        self.writers: list[Person] = []
        for _, message in written:
            if message.author.key not in self.people:
                self.people[message.author.key] = len(self.people) + 1
                self.writers.append(message.author)

    def fill(self) -> None:
        """All tables."""
        self.reputation = dict.fromkeys(self.people, 1)
        self.got: dict[str, list[float]] = {key: [] for key in self.people}
        scores = self._vote()
        for talk, message in self.posts:
            self.tables["Posts"].append(self._post(talk, message, scores[message.native]))
        for talk in self.talks:
            self._comment(talk)
        self.tables["Comments"].sort(key=lambda row: int(str(row["Id"])))
        self._tag()
        self._users()
        self._badges()

    def _vote(self) -> dict[str, int]:
        """Votes for posts, by day as the dumps have them; returns each post's score."""
        rng = self.rng
        votes: list[tuple[float, Message, str, Person | None]] = []
        scores: dict[str, int] = {}
        ends = self.town.almanac.ends_at.timestamp()
        for talk, message in self.posts:
            mean = 3.4 if message.accepted else 2.0 if message.kind == "answered" else 1.7
            ups = min(40, int(rng.expovariate(1 / mean)))
            downs = rng.random() < 0.04
            scores[message.native] = ups - downs
            kinds = ["2"] * ups + ["3"] * downs
            for kind in kinds:
                votes.append((min(message.at + rng.expovariate(1 / 250000), ends - 1), message, kind, None))
            if message.accepted:
                later = max((each.at for each in talk.messages if each.act == "result"), default=message.at + 9000)
                votes.append((min(max(later, message.at + 60), ends - 1), message, "1", None))
            if message.kind == "asked" and rng.random() < 0.16:
                votes.append((min(message.at + 86400, ends - 1), message, "5", rng.choice(self.writers)))
            self.reputation[message.author.key] += 10 * ups - 2 * downs + 15 * message.accepted
            self.got[message.author.key].append(message.at)
        votes.sort(key=lambda vote: (vote[0], vote[1].at))
        for number, (at, message, kind, who) in enumerate(votes, 1):
            row: dict[str, object] = {"Id": number, "PostId": message.native[5:], "VoteTypeId": kind}
            if who is not None and not who.gone:
                row["UserId"] = self.people[who.key]
            row["CreationDate"] = f"{moment(at):%Y-%m-%d}T00:00:00.000"
            self.tables["Votes"].append(row)
        return scores

    def _post(self, talk: Conversation, message: Message, score: int) -> dict[str, object]:
        asked = message.kind == "asked"
        row: dict[str, object] = {"Id": message.native[5:], "PostTypeId": 1 if asked else 2}
        if asked:
            accepted = [each for each in talk.messages if each.accepted and each.kind == "answered"]
            row |= {"AcceptedAnswerId": accepted[0].native[5:]} if accepted else {}
        else:
            row["ParentId"] = talk.opener.native[5:]
        row |= {"CreationDate": _stamp(message.at), "Score": score}
        if asked:
            row["ViewCount"] = 11 + int(self.rng.expovariate(1 / 70)) + 9 * max(score, 0)
        row["Body"] = _html(message.text)
        row |= self._owner(message.author, "Owner")
        if message.edited_at is not None:
            row |= {"LastEditorUserId": self.people[message.author.key], "LastEditDate": _stamp(message.edited_at)}
        row["LastActivityDate"] = _stamp(
            max(each.at for each in talk.messages) if asked else message.edited_at or message.at
        )
        if asked:
            row |= {"Title": talk.title, "Tags": "".join(f"<{tag}>" for tag in talk.tags)}
            row["AnswerCount"] = sum(each.kind == "answered" for each in talk.messages)
        row["CommentCount"] = sum(each.kind == "commented" for each in talk.messages) if asked else 0
        return row | {"ContentLicense": "CC BY-SA 4.0"}

    def _owner(self, who: Person, role: str) -> dict[str, object]:
        """The author's number; of a deleted account only a name is left."""
        if "questions" in who.gone:
            return {f"{role}DisplayName": f"user{self.people[who.key] + 400}"}
        return {f"{role}UserId": self.people[who.key]}

    def _comment(self, talk: Conversation) -> None:
        """Remarks stand under the question, or under the answer they are about."""
        for message in talk.messages:
            if message.kind != "commented":
                continue
            about = message.about if message.about and message.about.kind == "answered" else talk.opener
            owner = self._owner(message.author, "User")
            row = {"Id": message.native[8:], "PostId": about.native[5:], "Score": int(self.rng.expovariate(1.4))}
            row |= {"Text": message.text, "CreationDate": _stamp(message.at)}
            row |= {key.replace("UserUser", "User"): value for key, value in owner.items()}
            self.tables["Comments"].append(row | {"ContentLicense": "CC BY-SA 4.0"})

    def _tag(self) -> None:
        counts: dict[str, int] = {}
        for talk in self.talks:
            for tag in talk.tags:
                counts[tag] = counts.get(tag, 0) + 1
        self.tables["Tags"] = [
            {"Id": nth, "TagName": tag, "Count": counts[tag]} for nth, tag in enumerate(sorted(counts), 1)
        ]

    def _users(self) -> None:
        begins = self.town.almanac.at(0, 8, "UTC")
        self.tables["Users"].append(
            {
                "Id": -1,
                "Reputation": 1,
                "CreationDate": _stamp(begins),
                "DisplayName": "Community",
                "LastAccessDate": _stamp(begins),
                "Views": 0,
                "UpVotes": 0,
                "DownVotes": 0,
            }
        )
        for who in self.writers:
            if "questions" in who.gone:
                continue
            first, last = min(self._times(who)), max(self._times(who))
            row: dict[str, object] = {"Id": self.people[who.key], "Reputation": max(1, self.reputation[who.key])}
            row |= {"CreationDate": _stamp(max(begins, first - self.rng.expovariate(1 / 5400) - 300))}
            row |= {"DisplayName": who.accounts["questions"].name, "LastAccessDate": _stamp(last + 60)}
            if who.home and self.rng.random() < 0.6:
                row["Location"] = who.home
            if self.rng.random() < 0.3:
                row["AboutMe"] = _html(self._about(who))
            row |= {
                "Views": int(self.rng.expovariate(1 / 30)),
                "UpVotes": int(self.rng.expovariate(1 / 12)),
                "DownVotes": 0,
            }
            self.tables["Users"].append(row | {"AccountId": 7000 + self.people[who.key]})

    def _about(self, who: Person) -> str:
        return self.rng.choice(_ABOUT).format(home=who.home or "Anywhere", device=f"the {who.device}")

    def _times(self, who: Person) -> list[float]:
        if not hasattr(self, "_spoke"):
            self._spoke: dict[str, list[float]] = {}
            for talk in self.talks:
                for message in talk.messages:
                    self._spoke.setdefault(message.author.key, []).append(message.at)
        return self._spoke[who.key]

    def _badges(self) -> None:
        """A few plain ones: for the first question or answer, and for many."""
        given: list[tuple[float, int, str, int]] = []
        for who in self.writers:
            if "questions" in who.gone:
                continue
            times = sorted(self.got[who.key])
            for count, name, rank in (
                (1, "Stepped over", 3),
                (10, "Ten gates", 3),
                (50, "Old drove", 2),
                (150, "Milestone", 1),
            ):
                if len(times) >= count:
                    given.append((times[count - 1] + 30, self.people[who.key], name, rank))
        for nth, (at, number, name, rank) in enumerate(sorted(given), 1):
            row = {"Id": nth, "UserId": number, "Name": name, "Date": _stamp(at), "Class": rank, "TagBased": "False"}
            self.tables["Badges"].append(row)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The tables as the dumps have them."""
        for name, rows in self.tables.items():
            lines = [f'<?xml version="1.0" encoding="utf-8"?>\n<{name.lower()}>']
            lines += [_row(row) for row in rows]
            yield f"{name}.xml", ("\n".join(lines) + f"\n</{name.lower()}>\n").encode()


def write(town: Town, folder: Path) -> Path:
    """Write the dump into a folder."""
    dump = Dump(town)
    dump.fill()
    town.numbers["questions"] = {key: str(number) for key, number in dump.people.items()}
    return pack(folder / f"{NAME}.zip", dump.files())


def _row(row: dict[str, object]) -> str:
    words = " ".join(f"{key}={quoteattr(str(value), {chr(10): '&#xA;'})}" for key, value in row.items())
    return f"  <row {words} />"


def _stamp(at: float) -> str:
    return moment(at).isoformat(timespec="milliseconds")[:23]


def _html(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>\n" for part in text.split("\n") if part)
