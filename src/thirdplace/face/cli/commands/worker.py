"""`thirdplace worker`: one worker alone. `serve` begins as many as the settings say."""

import signal

import click

from thirdplace.face.cli import beginning, lifeline
from thirdplace.face.cli.asked import Asked
from thirdplace.face.cli.command import Command


@click.command(cls=Command, hidden=True)
@click.option("--slot", type=click.IntRange(0, 99), default=0, show_default=True, help="Which of the workers it is.")
@click.pass_obj
def command(asked: Asked, slot: int) -> None:
    """Run one worker alone, as serve does.

    \b
    Example:
      thirdplace worker --slot 1
    """
    asked.point()
    lifeline.hold()
    beginning.wake()
    beginning.migrate()
    from thirdplace.foundation.jobs.worker import Worker, work

    def handle(worker: Worker) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, worker.stop)

    work(beginning.run_folder(), slot, ready=beginning.begin, look=beginning.look_for_wreckage, handle=handle)
