"""What goes wrong, told to a person: in two sentences, with a status, never as a traceback they can do nothing with."""

import errno
import os
import sqlite3
import sys
import tempfile
import traceback
from pathlib import Path

import click

from thirdplace.face.cli.asked import complain, note
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.registry import WrongDefinition
from thirdplace.foundation.translation import gettext

DONE, OURS, YOURS, STOPPED = 0, 1, 2, 130


def told(error: BaseException, *, as_json: bool) -> int:
    """Tell it, and give the status to end with."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else (OURS if error.code else DONE)
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        note("")
        return STOPPED
    if isinstance(error, BrokenPipeError):  # whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if isinstance(error, click.ClickException):
        return _unclear(error, as_json=as_json)
    if (mendable := as_mendable(error)) is not None:
        complain(mendable.what, mendable.remedy, as_json=as_json)
        return YOURS
    return _ours(error, as_json=as_json)


def as_mendable(error: BaseException) -> ThirdplaceError | None:
    """The error as something a person can mend; None when it is a mistake of ours."""
    if isinstance(error, ThirdplaceError):
        return error
    if isinstance(error, WrongDefinition):
        return ThirdplaceError(error.what, f"{error.mend} ({error.file})")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and (known := _of_the_system(cause)) is not None:
            return known
        if isinstance(cause, sqlite3.Error) and (known := _of_the_database(cause)) is not None:
            return known
        cause = cause.__cause__ or cause.__context__
    return None


def _of_the_system(error: OSError) -> ThirdplaceError | None:
    where = {"path": error.filename or gettext("the data folder")}
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return ThirdplaceError(
                gettext("The disk is full: %(path)s could not be written.") % where,
                gettext("Make room and try again; what was written before is whole."),
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return ThirdplaceError(
                gettext("%(path)s may not be read or written by this account of the machine.") % where,
                gettext("Give it the right to, or choose another folder with --data."),
            )
        case errno.ENOENT:
            return ThirdplaceError(
                gettext("%(path)s is not there.") % where, gettext("Look whether the name is right, and try again.")
            )
        case errno.ENOTDIR | errno.EEXIST | errno.EISDIR:
            return ThirdplaceError(
                gettext("%(path)s is a file where a folder is needed, or the other way round.") % where,
                gettext("Move it away, or choose another folder with --data."),
            )
        case _:
            return None


def _of_the_database(error: sqlite3.Error) -> ThirdplaceError | None:
    words = str(error)
    if "locked" in words:
        return ThirdplaceError(
            gettext("Another program has held the database for more than 20 seconds."),
            gettext("Try again; if it stays so, end the other program."),
        )
    if "malformed" in words or "not a database" in words:
        return ThirdplaceError(
            gettext("The database file is damaged."),
            gettext("Put thirdplace.sqlite3 back from a backup; the lake itself is not touched."),
        )
    if "unable to open" in words or "readonly" in words:
        return ThirdplaceError(
            gettext("The database cannot be opened in this data folder."),
            gettext("Give this account of the machine the right to write there, or choose another with --data."),
        )
    return None


def _unclear(error: click.ClickException, *, as_json: bool) -> int:
    """A wrong option or word: click says which, and where the help is."""
    if as_json:
        complain(error.format_message(), gettext("See --help."), as_json=True)
    else:
        error.show()
    return error.exit_code


def _ours(error: BaseException, *, as_json: bool) -> int:
    """A mistake of ours: keep all of it in a file, and say where that is."""
    with tempfile.NamedTemporaryFile("w", prefix="thirdplace-", suffix=".txt", delete=False, encoding="utf-8") as kept:
        traceback.print_exception(error, file=kept)
    complain(
        gettext("Something in Thirdplace went wrong: %(error)s.") % {"error": f"{type(error).__name__}: {error}"[:300]},
        gettext("It is our mistake. Please report it, with what is in %(path)s.") % {"path": Path(kept.name)},
        as_json=as_json,
    )
    return OURS
