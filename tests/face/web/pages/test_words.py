"""What members wrote is text: nothing of it runs, hides, turns the line or is fetched."""

import time

import pytest

from thirdplace.face.web.pages import words


def test_a_script_is_shown_and_not_run():
    assert words.shown("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "file:///etc"]
)
def test_only_http_becomes_a_link(address):
    assert "<a" not in words.shown(f"see {address} now")


def test_a_link_is_shown_whole_and_opened_on_purpose():
    made = words.shown("see https://map.example/a?b=1&c=2.")
    assert made == (
        '<p>see <a href="https://map.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow ugc" target="_blank">'
        "https://map.example/a?b=1&amp;c=2</a>.</p>"
    )


def test_a_link_cannot_leave_its_attribute():
    made = words.shown('https://x.example/"onmouseover="alert(1)')
    assert 'href="https://x.example/"' in made
    assert "onmouseover=&quot;" in made


def test_what_a_bracket_holds_keeps_its_bracket():
    assert words._address("https://en.example/Path_(footpath)).") == ("https://en.example/Path_(footpath)", ").")


def test_a_remote_image_is_an_address_not_an_image():
    made = words.shown("![me](https://evil.example/x.png) <img src=https://evil.example/y.png onerror=alert(1)>")
    assert "<img" not in made


def test_quotations_code_and_paragraphs_keep_their_shape():
    made = words.shown("> who has the key?\n\nI do.\nHere:\n```python\nif a < b:\n    pass\n```\nBye")
    assert made == (
        "<blockquote><p>who has the key?</p></blockquote><p>I do.<br>Here:</p>"
        '<pre tabindex="0"><code>if a &lt; b:\n    pass</code></pre><p>Bye</p>'
    )


def test_code_within_a_line_is_code():
    assert words.shown("try `<b>ls</b>` first") == "<p>try <code>&lt;b&gt;ls&lt;/b&gt;</code> first</p>"


def test_what_turns_or_hides_letters_is_gone():
    assert words.clean("a\u202egnp.exe\u2066\u200b\x07\x1b[31m\ufeff") == "agnp.exe[31m"


def test_half_a_letter_does_not_break_the_page():
    assert words.shown("a\ud800b").encode() == b"<p>ab</p>"


def test_accents_that_pile_up_are_few():
    assert words.clean("e" + "\u0301" * 90) == "e" + "\u0301" * words.MARKS


def test_right_to_left_words_stay():
    assert words.clean("שלום علي") == "שלום علي"


def test_families_stay_together():
    assert words.clean("👩‍👩‍👧") == "👩‍👩‍👧"


def test_an_enormous_name_is_cut():
    assert len(words.name("x" * 10_000)) == words.NAME
    assert words.name("  Ann \n of\tthe Stile ") == "Ann of the Stile"


def test_a_name_cannot_turn_its_sentence():
    assert words.isolated("\u202e<b>nnA") == "<bdi>&lt;b&gt;nnA</bdi>"


def test_an_enormous_message_says_how_much_is_left():
    assert "4,000" in words.shown("y" * (words.SHOWN + 4000)) or "4000" in words.shown("y" * (words.SHOWN + 4000))


def test_found_words_are_marked_and_still_escaped():
    assert words.line("The <gate> is gated", marks=["gate"]) == ("The &lt;<mark>gate</mark>&gt; is <mark>gated</mark>")


def test_an_excerpt_is_cut_at_a_word():
    assert words.excerpt("one two three four", at_most=12) == "one two…"


@pytest.mark.parametrize("piece", ["`", "> ", "https://", "*", "```\n", "(", "https://)", "a\n\n"])
def test_nothing_takes_long(piece):
    begun = time.process_time()
    words.shown(piece * 20_000, marks=["gate"])
    assert time.process_time() - begun < 0.5


def test_an_address_between_angles_stands_without_them():
    html = words.shown("See <https://example.org/a(b)?c=1&d=2> there.")
    assert html.startswith('<p>See <a href="https://example.org/a(b)?c=1&amp;d=2"')
    assert html.endswith(">https://example.org/a(b)?c=1&amp;d=2</a> there.</p>")
    assert "<a " not in words.shown('<https://example.org/"onclick="x()>').split("</a>")[-1]
    assert "javascript" not in words.shown("<javascript:alert(1)>").replace("&lt;javascript:alert(1)&gt;", "")
