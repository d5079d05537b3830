"""Fills a catalogue from a JSON file of {English: translation, or [one, many]}: translate.py LANGUAGE FILE.

A text that has a context is named with it: {"a person|By": …}."""

import json
import sys
from pathlib import Path

import texts


def main(language: str, file: str) -> None:
    """Put each translation in its place; say which found none."""
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    po = texts.catalogue(language)
    for entry in po:
        if (text := given.pop(texts.named(entry), None)) is None:
            continue
        if isinstance(text, list):
            entry.msgstr_plural = {0: text[0], 1: text[1]}
        else:
            entry.msgstr = text
    po.save(po.fpath)
    po.save_as_mofile(str(Path(po.fpath).with_suffix(".mo")))
    for text in given:
        print(f"not in the catalogue: {text}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
