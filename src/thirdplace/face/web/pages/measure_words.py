"""A measure in sentences: its last whole period, how that stands to what is usual, and what to see in its drawing."""

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy, ngettext

from thirdplace.face.web.pages.judged import Judged, edges, named
from thirdplace.flow.charts import figure
from thirdplace.foundation.engine import Reading
from thirdplace.foundation.engine.periods import Grain

NOTHING_READ = gettext_lazy("Nothing has been read yet.")


def lead(judged: Judged) -> str:
    """The measure's last whole period, in a sentence."""
    told = {"when": judged.within, "value": figure(judged.last.value, judged.unit), "n": figure(judged.last.n)}
    if judged.grain not in judged.measure.grains:
        return gettext("This is not told by day: too few take part in one. Choose week or month.")
    if judged.last.value is None:
        if judged.last.n:
            return gettext("Fewer than half of those counted have had their answer %(when)s.") % told
        return gettext("There was nothing to measure it by %(when)s.") % told if judged.within else str(NOTHING_READ)
    if judged.verdict == "few":
        return ngettext(
            "Only %(n)s case %(when)s: too few for a rate.",
            "Only %(n)s cases %(when)s: too few for a rate.",
            judged.last.n,
        ) % told  # fmt: skip
    told["of"] = str(round(100 * judged.last.value))
    told |= {name: str(round(100 * judged.last.more[name])) for name in ("next", "rest") if name in judged.last.more}
    if judged.measure.says:
        return gettext(judged.measure.says) % told
    if judged.measure.unit == "share":
        return gettext("%(of)s of every 100 %(when)s.") % told
    if judged.measure.unit == "seconds":
        return gettext("Half waited %(value)s or less %(when)s.") % told
    return gettext("%(value)s %(when)s.") % told


def verdict(judged: Judged) -> str:
    """How that stands to what is usual."""
    if judged.last.value is None and not judged.last.n:
        return ""
    if judged.verdict == "early":
        return gettext("It is too early to say what is usual: that takes eight periods.")
    if judged.usual is None or judged.verdict in ("few", "cannot_tell"):
        return gettext("Whether that is much or little, we cannot tell.")
    told = {"low": figure(judged.usual.low, judged.unit), "high": figure(judged.usual.high, judged.unit)}
    if told["low"] == told["high"]:
        return {
            "higher": gettext("That is higher than usual: in the year before, it was mostly %(low)s."),
            "lower": gettext("That is lower than usual: in the year before, it was mostly %(low)s."),
        }.get(judged.verdict, gettext("That is as usual: in the year before, it was mostly %(low)s.")) % told
    return {
        "higher": gettext("That is higher than usual: in the year before, most lay between %(low)s and %(high)s."),
        "lower": gettext("That is lower than usual: in the year before, most lay between %(low)s and %(high)s."),
    }.get(
        judged.verdict, gettext("That is as usual: in the year before, most lay between %(low)s and %(high)s.")
    ) % told


def before(judged: Judged) -> str:
    """The period before the last whole one."""
    closed = [each for each in judged.drawable(judged.readings) if not each.open]
    if len(closed) < 2 or closed[-2].value is None:
        return ""
    told = {"value": figure(closed[-2].value, judged.unit)}
    return {
        Grain.DAY: gettext("The day before: %(value)s."),
        Grain.WEEK: gettext("The week before: %(value)s."),
        Grain.MONTH: gettext("The month before: %(value)s."),
    }[Grain(judged.grain)] % told


def counted(judged: Judged) -> str:
    """What stands beside the one figure: how sure, and of how many."""
    told = []
    sure = edges(judged.last, judged.unit, whole=not judged.measure.is_rate)
    if sure["low"] and judged.verdict != "few" and judged.last.value is not None:
        whole = (
            gettext("probably between %(low)s and %(high)s") if sure["high"] else gettext("probably %(low)s or more")
        )
        told.append(whole % sure)
    if judged.measure.is_rate:
        told.append(ngettext("%(n)s case", "%(n)s cases", judged.last.n) % {"n": figure(judged.last.n)})
    if judged.period:
        told.append(judged.period)
    return " · ".join(told)


def caption(judged: Judged, shown: Sequence[Reading], *, beyond: bool = False) -> str:
    """What to see in the drawing: what is still open, what does not fit in, and where nothing is known."""
    told = [gettext("Where the band touches the top, it goes on above; the table says how far.")] if beyond else []
    last = judged.drawable(shown[-1:])
    if last and last[0].open and last[0].value is not None and last[0].begins_on:
        name, value = named(last[0].begins_on, judged.grain), figure(last[0].value, judged.unit)
        told.append(
            gettext("The last point (%(name)s, %(value)s so far) is not over yet.") % {"name": name, "value": value}
        )
    few = sum(each.value is not None for each in shown) - sum(each.value is not None for each in judged.drawable(shown))
    if few:
        told.append(
            ngettext("In %(n)s period too few were counted for a rate; look at them below.",
                     "In %(n)s periods too few were counted for a rate; look at them below.", few) % {"n": few}
        )  # fmt: skip
    ripening = sum(each.value is None and each.open for each in shown) if judged.measure.ripens else 0
    if ripening:
        told.append(
            ngettext("The last %(n)s period cannot be told yet: it leans on days to come.",
                     "The last %(n)s periods cannot be told yet: they lean on days to come.", ripening)
            % {"n": ripening}
        )  # fmt: skip
    gaps = sum(each.value is None for each in shown) - ripening
    if gaps:
        told.append(
            ngettext("In %(n)s period there was nothing to measure: a gap, not a zero.",
                     "In %(n)s periods there was nothing to measure: gaps, not zeros.", gaps) % {"n": gaps}
        )  # fmt: skip
    return " ".join(told)
