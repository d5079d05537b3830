"""Collects every text a person reads into the catalogues, and says what is not translated.

texts.py            merge new texts into locale/<language>/LC_MESSAGES/django.po and compile them
texts.py --check    change nothing; fail when a text lacks a translation or a catalogue is not compiled
texts.py --lacking LANGUAGE    print what still lacks one, as JSON

Templates and code are read by makemessages of Django; cards, titles and labels of definitions are added here, so that
a definition needs no gettext.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "thirdplace"
LOCALE = SOURCE / "locale"
LANGUAGES = ("nl", "sv")
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%s|%d")


def card_texts() -> list[str]:
    """Every sentence of every definition and of every command's help, as the faces ask for them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdplace.face.web.django_settings")
    import django

    django.setup()
    from thirdplace.face.cli.main import sentences
    from thirdplace.flow import texts

    return sorted({*texts.of_definitions(), *sentences()})


def extracted() -> polib.POFile:
    """What makemessages finds in a copy of the source, with the cards added."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "thirdplace"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "static"))
        (copy / "locale").mkdir()
        lines = [f"gettext({text!r})" for text in card_texts()]
        (copy / "card_texts.py").write_text("from django.utils.translation import gettext\n" + "\n".join(lines) + "\n")
        command = [sys.executable, "-m", "django", "makemessages", "-l", "nl", "--no-location", "--no-wrap", "-v", "0"]
        subprocess.run(command, cwd=copy, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": ""})
        return polib.pofile(str(copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"))


def catalogue(language: str) -> polib.POFile:
    """The catalogue of a language, or an empty one."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": "Thirdplace",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    po.fpath = str(path)
    return po


def merged(po: polib.POFile, found: polib.POFile) -> polib.POFile:
    """The catalogue with exactly the texts that are used, in order, with the translations there were."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in po}
    entries = []
    for new in sorted(found, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        if new.obsolete or not new.msgid:
            continue
        have = old.get((new.msgctxt, new.msgid))
        entry = polib.POEntry(msgid=new.msgid, msgctxt=new.msgctxt, msgid_plural=new.msgid_plural)
        entry.flags = [flag for flag in new.flags if flag.endswith("-format")]
        if new.msgid_plural:
            kept = have.msgstr_plural if have and have.msgid_plural == new.msgid_plural else {}
            entry.msgstr_plural = {0: kept.get(0, ""), 1: kept.get(1, "")}
        else:
            entry.msgstr = have.msgstr if have else ""
        entries.append(entry)
    po[:] = entries
    return po


def named(entry: polib.POEntry) -> str:
    """A text as its translations are given: with its context before it, where it has one."""
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def lacking(po: polib.POFile) -> list[polib.POEntry]:
    """Texts that have no translation."""
    return [entry for entry in po if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)]


def unlike(po: polib.POFile) -> list[str]:
    """Translations whose placeholders are not those of the text."""
    wrong = []
    for entry in po:
        wanted = {match[0] for match in PLACES.finditer(entry.msgid + (entry.msgid_plural or ""))}
        given = [entry.msgstr_plural[1]] if entry.msgid_plural else [entry.msgstr]
        wrong += [entry.msgid for text in given if text and {match[0] for match in PLACES.finditer(text)} != wanted]
    return wrong


def main() -> int:
    """Do as asked; the exit status says whether all is well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lacking", metavar="LANGUAGE")
    asked = parser.parse_args()
    found, bad = extracted(), 0
    for language in LANGUAGES:
        po = merged(catalogue(language), found)
        mo = Path(po.fpath).with_suffix(".mo")
        if asked.lacking == language:
            rows = [{"id": named(e), **({"plural": e.msgid_plural} if e.msgid_plural else {})} for e in lacking(po)]
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        if not asked.check:
            po.save(po.fpath)
            po.save_as_mofile(str(mo))
        elif not mo.exists() or mo.read_bytes() != po.to_binary():
            bad += 1
            print(
                f"{language}: the compiled catalogue is not what the texts give. Run scripts/texts.py.", file=sys.stderr
            )
        for entry in lacking(po):
            bad += asked.check
            if asked.check:
                print(f"{language} lacks: {entry.msgid[:100]}", file=sys.stderr)
        for text in unlike(po):
            bad += 1
            print(f"{language} has other placeholders: {text[:100]}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
