"""What a zygote does beside forking workers: a process of its own makes the index of a large snapshot."""

import os
import shutil
import socket

from api import ahead
from api.app import create_app
from api.searching import search
from api.service import nursery
from api.service.worker import Desk
from api.settings import Settings
from api.snapshot import opened
from graph.generations import Home
from queries import catalogue


def test_an_index_is_made_in_a_process_of_its_own(home: Home) -> None:
    place = home.columns(home.current() or 0)
    shutil.rmtree(place, ignore_errors=True)
    settings = Settings(store=home.folder)
    source = opened(settings)
    desk = Desk(settings, source, create_app(settings, source, bare=True))
    snapshot, (front, other) = source.current(), socket.socketpair()
    _, ended = os.waitpid(nursery._index(front, desk), 0)
    assert os.waitstatus_to_exitcode(ended) == 0
    answers = len(ahead.COUNTED) + len(ahead.ANSWERED) + len(catalogue.matrices())
    assert len(list(place.glob("*.zip"))) == 1 + answers, "the index and answers"
    assert len(list(place.glob("*.bin"))) > 21, "the panels of counties and regions"
    assert not snapshot.has(("search",)), "nothing of it stays in the zygote"
    assert search(snapshot, "energi").total > 10
    front.close()
    other.close()


def test_an_index_that_cannot_be_made_is_left_to_the_workers(home: Home) -> None:
    settings = Settings(store=home.folder)
    source = opened(settings)
    desk = Desk(settings, source, create_app(settings, source, bare=True))
    source.current()
    front, other = socket.socketpair()
    place = home.columns(home.current() or 0)
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("in the way")
    _, ended = os.waitpid(nursery._index(front, desk), 0)
    assert os.waitstatus_to_exitcode(ended) == 0 and place.is_file()
    front.close()
    other.close()
