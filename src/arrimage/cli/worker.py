"""`arrimage worker`: do the jobs of the queue, connected as the web's role."""

import argparse
import os
import signal
import threading

ROLE = "web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="faire ce qui est dû, puis s’arrêter")
    parser.add_argument(
        "--concurrency", metavar="N", type=int, default=2, help="travaux faits en même temps (%(default)s)"
    )
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    from arrimage.accounts.worker import work

    if arguments.with_parent:
        threading.Thread(target=stop_with_parent, daemon=True).start()
    work(once=arguments.once, concurrency=arguments.concurrency)
    return 0


def stop_with_parent() -> None:
    """Ask this process to stop when the one that started it, which holds the other end of its input, has ended."""
    while os.read(0, 1):  # not sys.stdin: a thread reading it would hold the end of the process
        pass
    os.kill(os.getpid(), signal.SIGTERM)
