"""HTML as forums and chats write it, as text that can be read, counted and searched."""

import pytest

from thirdplace.foundation.connectors.markup import plain, read
from thirdplace.foundation.text.quotes import without_quotes

KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
    '<annotation encoding="application/x-tex">x^2 &lt; \\frac{1}{2}</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord">x2</span></span></span></span>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<p>so {KATEX}, then</p>", "so $$x^2 < \\frac{1}{2}$$, then"),
        (f"<p>{KATEX}{KATEX}</p>", "$$x^2 < \\frac{1}{2}$$" * 2),
        ('<p>a <span class="math">x^2</span></p><div class="math">y &gt; z</div>', "a $x^2$\n\n$$y > z$$"),
        ('<span class="math-container">$x$</span>', "$x$"),
        (
            '<div class="codehilite" data-code-language="Lean"><pre><span></span><code><span class="k">def</span> '
            '<span class="n">a</span> <span class="o">:=</span>\n  <span class="bp">b</span>\n\nc\n</code>'
            "</pre></div>",
            "```\ndef a :=\n  b\n\nc\n```",
        ),
        ("<pre><code>```\nx\n```</code></pre>", "````\n```\nx\n```\n````"),
        (
            '<p><span class="user-mention silent" data-user-id="3">Bo</span> <a href="https://z.example/near/5">said</a>:'
            "</p>\n<blockquote>\n<p>deep</p>\n</blockquote>\n<p>no</p>",
            "Bo said <https://z.example/near/5>:\n\n> deep\n\nno",
        ),
        (
            '<aside class="quote no-group" data-username="ada" data-post="2" data-topic="7">\n<div class="title">\n'
            '<div class="quote-controls"></div>\n<img alt="" class="avatar" src="/a.png"> ada:</div>\n<blockquote>\n'
            "<p>leeks</p>\n<blockquote>\n<p>older</p>\n</blockquote>\n</blockquote>\n</aside>\n<p>yes</p>",
            "> ada:\n>\n> leeks\n>\n> > older\n\nyes",
        ),
        (
            '<aside class="onebox allowlistedgeneric" data-onebox-src="https://e.example/x"><header class="source">'
            '<a href="https://e.example/y">e</a></header><article><h3>Their words</h3></article></aside><p>see</p>',
            "https://e.example/x\n\nsee",
        ),
        (
            '<p>a</p><aside class="onebox"><header><a href="https://e.example/y">e</a></header>theirs</aside>',
            "a\n\nhttps://e.example/y",
        ),
        (
            '<p><a href="https://e.example/p.png">https://e.example/p.png</a></p><div class="message_inline_image">'
            '<a href="https://e.example/p.png"><img src="/thumb"></a></div>',
            "https://e.example/p.png",
        ),
        (
            '<p>good <img src="/i.png" title=":seedling:" class="emoji" alt=":seedling:"> <span aria-label="tada" '
            'class="emoji emoji-1f389" role="img" title="tada">:tada:</span> <a class="mention" href="/u/bo">@bo'
            "</a></p>",
            "good :seedling: :tada: @bo",
        ),
        (
            "<table>\n<thead>\n<tr>\n<th>plot</th>\n<th>crop</th>\n</tr>\n</thead><tbody><tr><td>1</td><td>leeks</td>"
            "</tr></tbody></table>",
            "plot | crop\n1 | leeks",
        ),
        (
            '<div class="lightbox-wrapper"><a class="lightbox" href="https://e.example/big.png"><img alt="shed">'
            '<div class="meta"><svg><use href="#i"></use></svg><span class="filename">shed</span></div></a></div>',
            "shed <https://e.example/big.png>",
        ),
        ("<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>", "- one\n\n- two"),
        ("<details><summary>More</summary>inside</details>", "More\ninside"),
    ],
)
def test_what_forums_and_chats_write(html, text):
    assert plain(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<p>one</p>", "<p>a &amp; b<br>\nc &lt;d&gt;</p>\n<p>e\n  f</p>\n",
        "<p></p>\n<p> <br> </p><p>x</p>", "<p>&#39;&nbsp;&bogus;</p>",
               "<p>a<br><br>b</p>", "<p>\u2028x\u00a0</p>",
    ],
)  # fmt: skip
def test_bare_paragraphs_read_the_short_way_say_the_same(html):
    assert plain(html) == read(html)


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<pre>```", "<td>a", "<blockquote>x", '<aside class="quote">x', '<aside class="onebox">', "<p class=",
        '<span class="katex-mathml">', "<ol><li>", '<span class="math">', "<pre><span",
    ],
)  # fmt: skip
def test_what_is_nested_without_end_is_soon_read(piece):
    """A tree as browsers make it takes minutes for so many <div>; this would not end here if it were not linear."""
    assert len(plain(piece * 60_000)) <= 40 * 60_000


def test_quoted_lines_are_left_out_of_what_somebody_said_themselves():
    said = "> ada:\n>\n> leeks\n\nyes\n\n```\n> not a quote\n```\n> > older\nand no"
    assert without_quotes(said) == "yes\n\n```\n> not a quote\n```\nand no"
    assert without_quotes("no quote > here") == "no quote > here"
    assert without_quotes("> only that") == ""
    assert without_quotes("> ```\n> x\nmine\n> y") == "mine"
