"""What a network does to a push, through a proxy that does it: nothing is lost, nothing stands twice, nothing hangs."""

from __future__ import annotations

import contextlib
import gc
import random
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from checkin.errors import HubError, HubRefusedError, HubUnreachableError, HubUrlError
from checkin.sync.hubs import _pg_socket, _pg_wire
from tests.sync.postgres.place import Journal, Place, push_all
from tests.sync.postgres.server import Authority, Server
from tests.sync.proxy import Proxy


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with Proxy(("127.0.0.1", server.port)) as one:
        yield one


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up after a second instead of twenty: a test waits for what a desk would."""
    monkeypatch.setattr(_pg_wire, "CALL_S", 1.0)
    monkeypatch.setattr(_pg_wire, "CONNECT_S", 0.7)


def stands_once(place: Place, journal: Journal) -> None:
    assert place.entries(journal.id) == list(range(1, len(journal.records) + 1))
    with contextlib.closing(place.hub("Reader")) as reader:
        assert reader.pull(journal.id, 1, 500) == journal.records[:500]


def test_a_connection_cut_before_the_commit_stores_nothing(place: Place, proxy: Proxy) -> None:
    """hub-005."""
    hub, journal = place.hub(port=proxy.port), Journal()
    journal.write(400)
    hub.hello()
    proxy.cut_after = 20_000  # the batch arrives in part; once more by itself, for the connection may have been idle
    threading.Timer(0.05, proxy.refuse).start()
    time.sleep(0.1)
    with pytest.raises(HubUnreachableError, match="kept here"):
        hub.push(journal.id, journal.records)
    assert place.entries(journal.id) == []
    push_all(place.hub(), journal)
    stands_once(place, journal)


def test_an_answer_that_is_lost_after_the_commit_doubles_nothing(place: Place, proxy: Proxy, hasty: None) -> None:
    hub, journal = place.hub(port=proxy.port), Journal()
    journal.write(40)
    hub.push(journal.id, journal.records[:10])
    proxy.swallow_answers = True
    with pytest.raises(HubUnreachableError, match="no answer in time"):
        hub.push(journal.id, journal.records[:30])
    assert len(place.entries(journal.id)) == 30
    proxy.heal()
    assert hub.push(journal.id, journal.records[:30]).head.seq == 30
    push_all(hub, journal)
    stands_once(place, journal)


def test_a_cut_while_idle_is_not_even_noticed(place: Place, proxy: Proxy) -> None:
    hub, journal = place.hub(port=proxy.port), Journal()
    journal.write(4)
    hub.push(journal.id, journal.records[:2])
    proxy.cut()
    assert hub.push(journal.id, journal.records[2:]).head.seq == 4
    proxy.cut_on_request = True
    assert hub.push(journal.id, journal.records).status == "ok"
    proxy.cut_on_answer = True
    assert hub.heads() == {journal.id: journal.head}
    stands_once(place, journal)


def test_wherever_a_connection_is_cut_its_socket_is_closed_at_once(place: Place, proxy: Proxy, hasty: None) -> None:
    """The driver keeps a file open on it that an error holds for long: a desk that is offline for days would run out."""

    def opened() -> int:
        kinds = (_pg_socket.TimedSocket, _pg_socket.TimedTls)
        return sum(isinstance(one, kinds) and one.fileno() >= 0 for one in gc.get_objects())

    before = opened()
    gc.disable()
    try:
        for cut_after in range(0, 6000, 250):
            proxy.heal()
            proxy.cut_after = cut_after
            hub = place.hub(port=proxy.port)
            with contextlib.suppress(HubError):
                hub.hello()
                hub.desks()
            proxy.cut()
            with contextlib.suppress(HubError):
                hub.heads()
            hub.close()
            assert opened() == before, f"cut after {cut_after} bytes"
    finally:
        gc.enable()


def test_the_server_ends_an_idle_connection_or_restarts(place: Place, server: Server) -> None:
    hub, journal = place.hub(), Journal()
    journal.write(3)
    hub.push(journal.id, journal.records[:1])
    place.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'checkin%'")
    assert hub.push(journal.id, journal.records[:2]).head.seq == 2
    server.stop("immediate")
    with pytest.raises(HubUnreachableError):
        hub.push(journal.id, journal.records)
    server.start()
    push_all(hub, journal)
    stands_once(place, journal)


def test_half_open_ends_in_time_and_says_so(place: Place, proxy: Proxy, hasty: None) -> None:
    """hub-003."""
    hub, journal = place.hub(port=proxy.port), Journal()
    journal.write(2)
    hub.push(journal.id, journal.records[:1])
    proxy.swallow_requests = proxy.swallow_answers = True
    for _attempt in range(2):  # the open connection, then one that never gets as far as TLS
        with pytest.raises(HubUnreachableError, match="no answer in time"):
            hub.push(journal.id, journal.records)
    proxy.heal()
    assert hub.push(journal.id, journal.records).head.seq == 2


def test_a_hub_that_drips_does_not_outlast_the_deadline(place: Place, hasty: None) -> None:
    """Each byte would begin a new time-out if time-outs were by the byte."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            near, _from = listener.accept()
            with near:
                near.recv(8)
                try:
                    for _second in range(40):
                        near.sendall(b"S" if _second == 0 else b"\x16")
                        time.sleep(0.1)
                except OSError:
                    pass

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(HubUnreachableError):
            place.hub(port=listener.getsockname()[1]).hello()
        thread.join(5)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"N", HubRefusedError),  # no TLS: and nothing weaker is tried
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", HubUrlError),
        (b"", HubUnreachableError),
    ],
)
def test_something_else_answers(place: Place, answer: bytes, error: type[HubError]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        heard: list[bytes] = []

        def answer_once() -> None:
            near, _from = listener.accept()
            with near, contextlib.suppress(OSError):  # the desk hangs up as soon as it knows better
                heard.append(near.recv(8))
                near.sendall(answer)
                near.shutdown(socket.SHUT_WR)
                while piece := near.recv(100):
                    heard.append(piece)

        thread = threading.Thread(target=answer_once, daemon=True)
        thread.start()
        with pytest.raises(error):
            place.hub(port=listener.getsockname()[1]).hello()
        thread.join(5)
        assert b"".join(heard) == bytes.fromhex("00000008 04d2162f")  # not a byte of ours but "TLS, please"


def test_nobody_listens(place: Place, proxy: Proxy) -> None:
    """hub-001."""
    proxy.refuse()
    with pytest.raises(HubUnreachableError, match="nothing listens there"):
        place.hub(port=proxy.port).hello()


def test_cuts_and_delays_at_random_lose_and_double_nothing(place: Place, proxy: Proxy, hasty: None) -> None:
    """Eight desks send while the network does what it likes; then it heals."""
    journals = [Journal() for _number in range(8)]
    for journal in journals:
        journal.write(40)
    hubs = [place.hub(f"Desk {number}", port=proxy.port) for number in range(8)]
    stop = threading.Event()

    def weather() -> None:
        chance = random.Random(7)
        while not stop.wait(0.05):
            trouble = chance.choice(["cut", "cut_on_answer", "cut_on_request", "delay", "part", "heal"])
            if trouble == "cut":
                proxy.cut()
            elif trouble == "delay":
                proxy.delay = 0.005
            elif trouble == "part":
                proxy.cut_after = chance.randrange(3000)
            elif trouble == "heal":
                proxy.delay = 0.0
            else:
                setattr(proxy, trouble, True)

    def desk(number: int) -> None:
        for _attempt in range(40):
            with contextlib.suppress(HubUnreachableError):
                push_all(hubs[number], journals[number], 7)
                return

    threads = [threading.Thread(target=weather), *(threading.Thread(target=desk, args=(n,)) for n in range(8))]
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join()
    stop.set()
    threads[0].join()
    proxy.heal()
    for hub, journal in zip(hubs, journals, strict=True):
        push_all(hub, journal)
        stands_once(place, journal)
    assert place.sql("SELECT count(*), count(DISTINCT entry_id) FROM hub.entry") == [[320, 320]]


def test_a_certificate_for_another_name(place: Place) -> None:
    """hub-023."""
    url = place.enrol("Desk 1").replace("@localhost:", "@127.0.0.1:")
    with pytest.raises(HubRefusedError, match="another name"):
        place.connect(url, place.keys).hello()


def test_a_certificate_of_another_authority(place: Place, server: Server) -> None:
    other = Authority(server.folder, "Other authority")
    url = place.enrol("Desk 1").split("?")[0] + f"?sslrootcert={other.file}"
    with pytest.raises(HubRefusedError, match="authority that this desk trusts"):
        place.connect(url, place.keys).hello()
    with pytest.raises(HubRefusedError, match="authority that this desk trusts"):
        place.connect(url.split("?")[0], place.keys).hello()  # the system's store does not know it either


@pytest.mark.parametrize(("begins", "words"), [(-40, "ended on"), (5, "begins on")])
def test_a_certificate_out_of_its_time_is_named_with_both_clocks(
    place: Place, server: Server, begins: int, words: str
) -> None:
    """hub-025."""
    url, starts = place.enrol("Desk 1"), datetime.now(UTC) + timedelta(days=begins)
    good = ((server.data / "server.crt").read_bytes(), (server.data / "server.key").read_bytes())
    server.use_certificate(*server.authority.issue("localhost", begins=starts))
    try:
        time.sleep(0.1)  # the server reads it at its leisure
        with pytest.raises(HubRefusedError) as refused:
            place.connect(url, place.keys).hello()
    finally:
        server.use_certificate(*good)
        time.sleep(0.1)
    said = str(refused.value)
    limit = starts if begins > 0 else starts + timedelta(days=30)
    assert words in said
    assert f"{limit:%Y-%m-%d %H:%M} UTC" in said
    assert f"{datetime.now(UTC):%Y-%m-%d}" in said


def test_a_name_that_is_known_no_more_is_found_where_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """hub-027."""
    hub, journal = place.hub(), Journal()
    journal.write(1)
    hub.hello()
    hub._wire.close()

    def gone(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", gone)
    assert hub.push(journal.id, journal.records).head.seq == 1  # the certificate says that it is still the same one
    hub._wire.close()
    monkeypatch.setattr(_pg_socket, "_KNOWN", {})
    with pytest.raises(HubUnreachableError, match="name is not known"):
        hub.push(journal.id, journal.records)


def test_a_name_service_that_does_not_answer(place: Place, monkeypatch: pytest.MonkeyPatch, hasty: None) -> None:
    hub, waiting = place.hub(), threading.Event()

    def silent(*_args: object, **_more: object) -> list[object]:
        waiting.wait(5)
        return []

    monkeypatch.setattr(_pg_socket, "_KNOWN", {})
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    with pytest.raises(HubUnreachableError, match="name is not known"):
        hub.hello()
    waiting.set()
