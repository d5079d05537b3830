"""Stack Exchange dumps, from a recorded one."""

from datetime import UTC, datetime

import pytest
from exports import Said, hear, recording

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Kind, Person
from thirdplace.foundation.connectors.markup import plain
from thirdplace.foundation.connectors.stackexchange import ORPHAN, OTHER, TABLE, WIKI


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("stackexchange"))


def test_a_question_opens_a_thread_and_its_answers_stand_in_it(said):
    question, answer = said.one("post-1"), said.one("post-2")
    assert (question.kind, question.thread, question.title) == (Kind.ASKED, "post-1", "How deep do leeks go?")
    assert (answer.kind, answer.thread, answer.about) == (Kind.ANSWERED, "post-1", "post-1")
    assert question.edited_at == datetime(2025, 1, 11, 8, tzinfo=UTC)


def test_html_becomes_text_with_its_quotes_code_and_links(said):
    assert said.one("post-1").text == (
        "Mine lean to the left.\n\n> plant them deep\n\n```\nrow 1\n  row 2\n```\n\nSee this page <https://example.org/leek>."
    )
    assert said.one("post-2").text == "Two hands: 2 < 3.\n\n- dig\n- drop"


def test_scripts_and_addresses_that_are_none_are_no_text(said):
    assert said.one("post-5").text == "Why here?a slug"


def test_an_acceptance_is_dated_by_its_vote_and_else_by_its_answer(said):
    by_vote, by_answer = said.one("accepted-1-2"), said.one("accepted-6-7")
    assert (by_vote.kind, by_vote.about, by_vote.who) == (Kind.ACCEPTED, "post-2", "3")
    assert by_vote.happened_at == datetime(2025, 1, 12, tzinfo=UTC)
    assert by_answer.happened_at == said.one("post-7").happened_at


def test_votes_say_which_way_and_not_who(said):
    assert [(each.about, each.label, each.who) for each in said.of("voted")] == [
        ("post-1", "up", None),
        ("post-3", "down", None),
        ("post-1", "bookmark", "4"),
    ]


def test_a_comment_stands_in_its_posts_thread(said):
    assert (said.one("comment-2").about, said.one("comment-2").thread) == ("post-2", "post-1")
    assert (said.one("comment-3").about, said.one("comment-3").thread) == ("post-99", None)


def test_of_a_deleted_account_the_name_is_left(said):
    assert said.one("post-3").who == said.one("comment-2").who == "name:user77"
    assert [each for each in said.items if isinstance(each, Person) and each.deleted] == [
        Person(native="name:user77", name="user77", deleted=True)
    ]


def test_the_account_community_is_a_bot_and_never_joined(said):
    bots = [each.native for each in said.items if isinstance(each, Person) and each.bot]
    assert bots == ["-1"]
    assert [each.who for each in said.of("joined")] == ["2", "3", "4", "5"]


def test_everything_is_counted_and_what_is_left_has_its_reason(said):
    assert dict(said.tally.found) == {
        "questions": 17, "answers": 17, "other_posts": 1, "accepted": 2, "comments": 3,
        "votes": 5, "users": 5, "badges": 1, "tags": 2, "postlinks": 1,
    }  # fmt: skip
    assert said.tally.skipped == {WIKI: 1, TABLE: 3, ORPHAN: 1}


def test_the_address_comes_from_the_archives_name(tmp_path, said):
    assert said.space.base_url == "https://allotment.stackexchange.com"
    for name, address in {
        "cardano-stackexchange": "https://cardano.stackexchange.com",
        "stackoverflow.com": "https://stackoverflow.com",
        "garden.meta.stackexchange.com": "https://garden.meta.stackexchange.com",
        "my-dump": None,
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "Posts.xml").write_text('<posts>\n  <row Id="1" PostTypeId="1" />\n</posts>')
        from thirdplace.foundation.connectors.stackexchange import StackExchange

        with Archive(folder) as archive:
            recognised = StackExchange.recognise(archive)
        assert recognised is not None
        assert recognised.space.base_url == address
        assert recognised.asks == (() if address else ("base_url",))
        assert "Users.xml" in str(recognised.lacks)


POST = '<posts><row Id="1" PostTypeId="1" CreationDate="2025-01-01T00:00:00" Title="{}" OwnerUserId="7" /></posts>'
USER = '<users><row Id="7" DisplayName="{}" CreationDate="2025-01-01T00:00:00" /></users>'


def test_of_two_dumps_in_one_folder_one_is_read_and_the_other_said(tmp_path):
    for folder, files in {"bees": {"Posts.xml": POST}, "cows": {"Posts.xml": POST, "Users.xml": USER}}.items():
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text.format(folder))
    heard = hear(tmp_path)
    assert [each.title for each in heard.of("asked")] == ["bees"]
    assert "cows" not in {each.name for each in heard.items if isinstance(each, Person)}
    assert heard.tally.skipped == {OTHER: 2}


def test_without_its_table_of_accounts_they_are_known_by_their_numbers(tmp_path):
    (tmp_path / "Posts.xml").write_text(POST.format("bees"))
    (tmp_path / "Badges.xml").write_text(
        '<badges><row Id="1" UserId="7" Name="Tidy" Date="2025-01-02T00:00:00" />'
        '<row Id="2" UserId="-1" Name="Tidy" Date="2025-01-02T00:00:00" />'
        '<row Id="3" UserId="900000000" Name="Tidy" Date="2025-01-02T00:00:00" /></badges>'
    )
    heard = hear(tmp_path)
    assert [each.name for each in heard.items if isinstance(each, Person)] == ["7", "-1", "900000000"]
    assert [each.who for each in heard.activities] == ["7", "7", "-1", "900000000"]


def test_tables_in_a_folder_each_are_one_dump(tmp_path):
    for name, text in {"Posts": POST, "Users": USER}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.xml").write_text(text.format("wasps"))
    heard = hear(tmp_path)
    assert [each.title for each in heard.of("asked")] == ["wasps"]
    assert [each.name for each in heard.items if isinstance(each, Person)] == ["wasps"]
    assert not heard.tally.skipped


def test_a_document_type_is_refused_and_fetches_nothing(tmp_path):
    (tmp_path / "Users.xml").write_text("<users></users>")
    (tmp_path / "Posts.xml").write_text(
        '<!DOCTYPE posts [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<posts><row Id="1" PostTypeId="1" '
        'CreationDate="2025-01-01T00:00:00" Title="&a;" Body="x" /></posts>'
    )
    said = hear(tmp_path)
    assert not said.activities
    assert [why for why in said.tally.skipped if "entities" in why]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("a<br>b", "a\nb"),
        ("<blockquote><blockquote>x</blockquote>y</blockquote>z", "> > x\n>\n> y\n\nz"),
        ("<p>use <code>spade -v</code></p>", "use `spade -v`"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:x()">here</a>', "here"),
        ("<style>p{}</style><p>x &amp; &lt;y&gt;", "x & <y>"),
        ("</p></li></blockquote></pre>left", "left"),
        ("<!-- language: lang-js --><P CLASS=x>a <3 b and 1 < 2", "a <3 b and 1 < 2"),
        ('<a title="a > b" href="https://a.example/?b&amp;c">here</a>', "here <https://a.example/?b&c>"),
        ("<!DOCTYPE html><?xml?>x", "x"),
    ],
)
def test_plain_text(html, text):
    assert plain(html) == text


@pytest.mark.parametrize("piece", ["<a ", '<a href="', "<a '", "<!--", "<!", "</", "<a\n=", "&#"])
def test_however_many_tags_never_end_they_are_soon_read(piece):
    """With html.parser, three hundred thousand letters of the first took twenty minutes."""
    assert len(plain(piece * 100_000)) <= len(piece) * 100_000


def test_a_quote_of_a_quote_without_end_does_not_grow():
    assert len(plain("<blockquote>x" * 5_000)) < 500_000
