"""Which column of a table is what: guessed from names and values, shown, corrected, and kept."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thirdplace.foundation.connectors.table_dates import Order, Times, has_zone, order_of
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext, gettext_noop

ROLES = {  # what a column may be, and what people are asked
    "when": gettext_noop("When"),
    "who": gettext_noop("Who, by name"),
    "who_id": gettext_noop("Who, by number"),
    "text": gettext_noop("The words"),
    "title": gettext_noop("A title"),
    "channel": gettext_noop("Channel, list or category"),
    "thread": gettext_noop("Thread or topic"),
    "about": gettext_noop("What it answers, by number"),
    "id": gettext_noop("Its own number"),
    "kind": gettext_noop("Its kind: question, answer, comment…"),
    "reactions": gettext_noop("How many reactions"),
}
ORDER = "order"  # beside the roles: whether day or month stands first, where the column cannot tell
ORDERS = ("day", "month")
SAMPLES = 3  # rows shown
_NAMES = {
    "when": """
        when date time datetime timestamp created createdat createdutc createdon creationdate created_time
        posted postedat sent sentat published publishedat ts messagedate datum tijd tijdstip datumtijd
        aangemaakt verzonden geplaatst tid tidpunkt tidsstämpel datumtid skapad skickad skickat publicerad
    """,
    "who": """
        who author user username name from sender authorname displayname screenname nick nickname handle member
        by postedby fromname senderfullname auteur gebruiker gebruikersnaam afzender naam lid deelnemer
        schrijver författare användare användarnamn avsändare namn medlem skribent
    """,
    "who_id": """
        authorid userid senderid memberid fromid useruuid gebruikersid auteurid användarid användarens
        författarid email useremail mail epost mailadres
    """,
    "text": """
        text message content body comment post msg messagetext description selftext postbody postcontent raw
        cooked bericht inhoud tekst reactie opmerking meddelande innehåll inlägg kommentar svar
    """,
    "title": "title subject topictitle threadtitle heading headline onderwerp titel kop ämne rubrik",
    "channel": """
        channel room forum category list group subreddit chat channelname board server stream space kanaal kamer
        categorie lijst groep kanal rum kategori lista grupp
    """,
    "thread": """
        thread threadid conversation conversationid topic topicid threadts discussion discussionid draad gesprek
        gespreksid tråd trådid konversation samtal
    """,
    "about": """
        replyto inreplyto parent parentid parentpostid replytoid replytomessageid replytopostid repliedto
        quotedid reference antwoordop reactieop svarpå svartill
    """,
    "id": """
        id messageid msgid postid commentid uuid guid key number nummer berichtid bericht_nr meddelandeid
        inläggsid nr
    """,
    "kind": "kind type messagetype posttype eventtype soort typ händelse",
    "reactions": """
        reactions reactioncount likes likecount score upvotes votes favorites favourites retweets reacties
        vindikleuks gillar gillamarkeringar reaktioner
    """,
}
_ROLE_OF = {re.sub(r"[\W_]", "", name): role for role, names in _NAMES.items() for name in names.split()}
_EXTRA = re.compile(r"\s*[\[(].*?[\])]\s*")


@dataclass(frozen=True)
class Guess:
    """What is taken for what. mapping: role → column. rows: a few, to look at."""

    header: tuple[str, ...]
    mapping: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]
    order: Order | None  # what stands first in its times; None: day or month must be asked
    zoneless: bool

    @property
    def digest(self) -> str:
        """What tables with the same columns are known by."""
        return hashlib.sha256("\x1f".join(self.header).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def enough(self) -> bool:
        """Whether a table can be read so: when something was said, and what."""
        return "when" in self.mapping and bool({"text", "title"} & set(self.mapping))


def role_named(name: str) -> str | None:
    """What a column's name says it is; None when it says nothing."""
    plain = _EXTRA.sub("", name).lower()
    last = plain.rsplit(".", 1)
    for each in (plain, "".join(last), last[-1]):
        if role := _ROLE_OF.get(re.sub(r"[\W_]", "", each)):
            return role
    return None


def guess(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Guess:
    """Take each column for what its name says if its values agree, and fill what is missing by values alone."""
    columns = {name: [row[at] for row in rows if row[at].strip()] for at, name in enumerate(header) if name}
    mapping: dict[str, str] = {}
    for name in columns:
        role = role_named(name)
        if role and role not in mapping and (role != "when" or _are_times(columns[name], strict=False)):
            mapping[role] = name
    _by_values(columns, mapping)
    times = columns.get(mapping.get("when", ""), [])
    return Guess(
        header=tuple(header),
        mapping=mapping,
        rows=tuple(tuple(cell[:200] for cell in row) for row in rows[:SAMPLES]),
        order=order_of(times, whole=False),
        zoneless=bool(times) and not all(map(has_zone, times[:20])),
    )


def _by_values(columns: Mapping[str, list[str]], mapping: dict[str, str]) -> None:
    free = [name for name in columns if name not in mapping.values() and columns[name]]
    if "when" not in mapping and (
        found := next((name for name in free if _are_times(columns[name], strict=True)), None)
    ):
        mapping["when"] = found
        free.remove(found)
    if "text" not in mapping and (long := {name: _length(columns[name]) for name in free if role_named(name) is None}):
        best = max(long, key=lambda name: long[name])
        if long[best] >= 12 and not _are_times(columns[best], strict=False):
            mapping["text"] = best


def _are_times(values: list[str], *, strict: bool) -> bool:
    """Whether at least four of five values are times. strict: bare numbers are not, they may be anything."""
    times = Times()
    good = [each for each in values if times.read(each) and not (strict and each.replace(".", "").isdigit())]
    return bool(values) and len(good) * 5 >= len(values) * 4


def _length(values: list[str]) -> float:
    return sum(map(len, values)) / len(values)


def checked(header: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    """A mapping as a person gave it, without what they left empty; refused where it names what is not there."""
    mapping = {role: name for role, name in told.items() if name}
    for role, name in mapping.items():
        if role != ORDER and role not in ROLES:
            raise ThirdplaceError(
                gettext("A column cannot be “%(role)s”.") % {"role": role[:60]},
                gettext("It can be one of: %(roles)s.") % {"roles": ", ".join([*ROLES, ORDER])},
            )
        if role == ORDER and name not in ORDERS:
            raise ThirdplaceError(
                gettext("“%(order)s” is no order of day and month.") % {"order": name[:60]},
                gettext("Say day or month: what stands first."),
            )
        if role != ORDER and name not in header:
            raise ThirdplaceError(
                gettext("The table has no column “%(name)s”.") % {"name": name[:60]},
                gettext("Its columns are: %(names)s.") % {"names": ", ".join(filter(None, header))[:1_000]},
            )
    return mapping


def refused(seen: Guess, mapping: Mapping[str, str]) -> ThirdplaceError | None:
    """What still has to be said before the table can be read; None when nothing."""
    names = ", ".join(filter(None, seen.header))[:1_000]
    if "when" not in mapping or not {"text", "title"} & set(mapping):
        return ThirdplaceError(
            gettext("We cannot tell which columns say when something was written, and what."),
            gettext("Say which is which; the columns are: %(names)s. On the command line: --column when=…")
            % {"names": names},
        )
    if seen.order is None and ORDER not in mapping:
        return ThirdplaceError(
            gettext("Every date in “%(name)s” may be read both ways: day first, or month first.")
            % {"name": mapping["when"]},
            gettext("Say which. On the command line: --column order=day, or --column order=month."),
        )
    return None
