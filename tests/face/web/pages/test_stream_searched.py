"""Searching in the stream: words marked, other orders, views with their own address, and what helps when nothing is."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from thirdplace.face.web.pages import stream as page_of_stream
from thirdplace.face.web.pages import words
from thirdplace.flow.models import View
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community


def keys(html: str) -> list[str]:
    return re.findall(r'data-pane="(-?\d+)"', html)


def listed(html: str) -> str:
    return html.split('<ol class="list">')[1].split("</ol>")[0]


def keep(steward: Client, name: str = "Herons", query: str = "q=heron") -> View:
    assert steward.post("/stream/views", {"name": name, "query": query}).status_code == 302
    return View.objects.get(name=name)


def test_a_phrase_an_exclusion_and_a_beginning_are_understood(read, keepers):
    every = Index(keepers.pk).search("heron").total
    with_gauge = Index(keepers.pk).search("heron gauge").total
    assert 0 < with_gauge < every
    assert f"<b>{with_gauge} messages</b>" in read("/stream?q=heron+gauge")
    assert f"<b>{every - with_gauge} messages</b>" in read("/stream?q=heron+-gauge")
    assert "<mark>upper gate</mark>" in listed(read("/stream?q=%22upper+gate%22"))
    assert "<mark>cottage</mark>" in listed(read("/stream?q=cott*"))
    assert "Nothing like that was said" in read("/stream?q=%22gate+upper%22")


def test_near_spelling_is_offered_and_marks_what_it_found(read):
    assert "near=1" in read("/stream?q=heron")
    html = read("/stream?q=cotage&near=1")
    assert "<mark>cottage</mark>" in listed(html)
    assert "near spelling" in html


def test_the_message_is_opened_with_its_words_marked(read):
    html = read("/stream?q=cotage&near=1")
    to = re.search(r'class="msg" href="([^"]+)"', html)
    assert to is not None
    assert "<mark>cottage</mark>" in read(to[1].replace("&amp;", "&"))


def test_best_first_is_gone_through_to_its_end(steward, keepers):
    address, seen = "/stream?q=heron+gauge&order=best", []
    while address:
        html = steward.get(address).content.decode()
        seen += keys(html)
        further = re.search(r'href="([^"]+)" rel="next"', html)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == Index(keepers.pk).search("heron gauge").total > page_of_stream.ROWS // 10


def test_best_is_offered_only_where_words_are(read):
    assert "Best match" in read("/stream?q=heron")
    assert "Best match" not in read("/stream")


def test_where_nothing_fits_it_says_what_would(read, keepers):
    n = Index(keepers.pk).search("heron").total
    html = read("/stream?q=zeppelin+heron+-marmalade")
    assert "What holds “marmalade” was left out." in html
    assert re.search(
        rf'href="/stream\?q=heron\+-marmalade"><bdi>without “zeppelin”</bdi></a> <span class="faint">{n}<', html
    )


@pytest.mark.parametrize(
    "typed",
    ['"', '""""', "-", "- -", "*", "(a%2B)%2B$", "a" * 5000, "%00%1b", "%E2%80%AEgate", "<script>", "' OR 1=1 --"],
)
def test_whatever_is_typed_is_a_page_and_inert(steward, keepers, typed):
    for order in ("newest", "best"):
        answer = steward.get(f"/stream?q={typed}&near=1&order={order}")
        assert answer.status_code == 200
        assert b"<script>" not in answer.content
        assert "\u202e" not in answer.content.decode()


def test_marks_are_escaped_and_stand_in_their_sentence():
    text = "x " * 200 + "<b>gate</b> & gates " + "y " * 200
    shown = words.sentence(text, ["gate"])
    assert "&lt;b&gt;<mark>gate</mark>&lt;/b&gt; &amp; gates" in shown
    assert shown.startswith("…")
    assert len(shown) < 260
    deep = words.sentence("z " * 5_000 + "gate", ["gate"])
    assert "<mark>gate</mark>" in deep
    whole = words.shown("The gate\nand the gates, 水門の鍵", terms=["gate", "鍵"])
    assert "<mark>gate</mark><br>" in whole
    assert "gates" in whole
    assert "<mark>gates" not in whole
    assert "水門の<mark>鍵</mark>" in whole


def test_a_search_is_kept_under_its_own_address(steward, read):
    assert "Keep this view" in read("/stream?q=heron")
    assert "Keep this view" not in read("/stream")
    kept = keep(steward, query="order=newest&q=heron&near=")
    html = read(f"/stream/views/{kept.pk}")
    assert "Kept as “Herons”." in html
    assert listed(html) == listed(read("/stream?q=heron"))
    tab = f'<a href="/stream/views/{kept.pk}" aria-current="page"><bdi>Herons</bdi></a>'
    assert tab in html
    assert tab in read("/stream?q=heron")
    assert tab not in read("/stream?q=heron&has=link")
    assert "/stream/views/" not in html.split('rel="next"')[0].rsplit('href="', 1)[1]  # what goes on is the search


def test_a_view_leaves_as_csv(steward, keepers):
    kept = keep(steward)
    rows = list(csv.reader(io.StringIO(b"".join(steward.get(f"/stream/views/{kept.pk}?as=csv")).decode("utf-8-sig"))))
    assert len(rows) - 1 == Index(keepers.pk).search("heron").total
    best = b"".join(steward.get("/stream?q=heron+gauge&order=best&as=csv")).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(best)))) - 1 == Index(keepers.pk).search("heron gauge").total


def test_a_view_is_renamed_and_removed_and_each_is_undone(steward, read):
    kept = keep(steward)
    steward.post(f"/stream/views/{kept.pk}/rename", {"name": "Birds <b>"})
    html = read(f"/stream/views/{kept.pk}")
    assert "<bdi>Birds &lt;b&gt;</bdi>" in html
    undo = re.search(r'action="([^"]+)" data-toast-undo', html.split("Renamed to")[1])
    assert undo is not None
    answer = steward.post(undo[1].replace("&amp;", "&"), headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == f"/stream/views/{kept.pk}"
    assert "<bdi>Herons</bdi>" in read("/stream")
    assert steward.post(f"/stream/views/{kept.pk}/remove")["Location"] == "/stream"
    html = read("/stream")
    assert "<bdi>Herons</bdi>" not in html
    assert f'action="/stream/views/{kept.pk}/back" data-toast-undo' in html
    assert steward.get(f"/stream/views/{kept.pk}").status_code == 404
    assert steward.post(f"/stream/views/{kept.pk}/back")["Location"] == f"/stream/views/{kept.pk}"
    assert "<bdi>Herons</bdi>" in read("/stream")


def test_a_view_of_another_community_is_not_here(steward, keepers):
    other = Community.objects.create(name="Elsewhere", slug="elsewhere")
    kept = keep(steward)
    View.objects.update(community=other)
    for way in ("", "/rename", "/remove", "/back"):
        answer = steward.post(f"/stream/views/{kept.pk}{way}") if way else steward.get(f"/stream/views/{kept.pk}")
        assert answer.status_code == 404, way
    assert View.objects.get().removed_at is None


def test_the_address_one_would_guess_leads_to_the_stream(steward, keepers):
    assert steward.get("/search?q=heron&junk=1")["Location"] == "/stream?q=heron"
    assert steward.get("/search")["Location"] == "/stream"


def test_many_channels_are_found_by_their_names(read, keepers):
    source = keepers.sources.get()
    Channel.objects.bulk_create(
        Channel(community=keepers, source=source, number=nth, native=str(nth), name=f"weir {nth:03}", import_id=1)
        for nth in range(1, 90)
    )
    html = read("/stream")
    assert html.count('name="channel"') == page_of_stream.OFFERED
    assert "There are more: find them by their names." in html
    chosen = read("/stream?channel=88")
    assert 'value="88" checked' in chosen
    assert "weir 088" in chosen
    assert len(keys(read("/stream?in=help"))) == Index(keepers.pk).count(
        channels=[Channel.objects.get(community=keepers, name="help").number]
    )
    assert keys(read("/stream?in=weir")) == []


@pytest.mark.parametrize("address", ["/stream?q=e*", "/stream?q=the&order=best&near=1", "/stream?by=a&in=t&q=the"])
def test_twenty_found_ask_no_more_than_ten(monkeypatch, steward, asked: Callable[[str], int], address):
    counts = []
    for nth, rows in enumerate((10, 20)):
        monkeypatch.setattr(page_of_stream, "ROWS", rows)
        for view in range(5 * nth + 1):
            keep(steward, name=f"View {nth} {view}")
        counts.append(asked(address))
    assert counts[0] == counts[1]


def test_the_palette_shows_the_last_few_and_leads_to_all(steward, keepers):
    n = Index(keepers.pk).search("heron").total
    html = steward.get("/palette?q=heron", headers={"hx-request": "true"}).content.decode()
    assert f"All {n} messages in search" in html
    assert 'href="/stream?q=heron"' in html
    assert len(re.findall(r'href="/stream/-?\d+\?q=heron"', html)) == 4
