"""How many webhooks a second the door keeps: against the same server that only checks the signature, and against an
ordinary Django view that stores one event. 64 connections, one text event a request, synchronous commit on.

Rounds alternate, so that a noisy machine is noisy for all; medians are given. Aims: at least 0.4 of the bound, at least
8 times the view, p99 under 100 ms.
"""

import argparse
import json
import statistics
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
from django.db import connection

from bench import load, town
from bench.processes import free_port, running, uvicorn
from madoguchi.channels.line.signature import sign

CONNECTIONS = 64


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    rounds, count = (2, 4000) if options.quick else (5, 20000)
    place = town.found()
    _assert_durable()
    with ExitStack() as stack:
        measure = {name: _server(stack, name, place) for name in ("door", "signature", "view")}
        for warm_up in measure.values():
            warm_up(1000)
        results: dict[str, list[load.Load]] = {name: [] for name in measure}
        for number in range(rounds):
            for name, server in measure.items():
                result = server(count if name != "view" else count // 10)
                results[name].append(result)
                print(
                    f"round {number + 1} {name:9} {result.rate:8.0f}/s  p99 {result.percentile(0.99):6.1f} ms",
                    flush=True,
                )
    _report(results)


def _server(stack: ExitStack, name: str, place: town.Town) -> Callable[[int], load.Load]:
    port = free_port()
    path = f"/line/webhook/{place.channel_key}"
    words = {
        "door": ("madoguchi", "web", "--port", str(port)),
        "signature": uvicorn("bench.intake_servers:signature_only", port),
        "view": uvicorn("bench.intake_servers:django_view", port),
    }[name]
    stack.enter_context(running(*words, port=port, path=path, MADOGUCHI_BENCH=name))

    def measure(count: int) -> load.Load:
        result = load.run(port, [_request(path, body) for body in town.bodies(count)], CONNECTIONS)
        assert set(result.statuses) == {b"200"}, result.statuses
        return result

    return measure


def _request(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
    head += f"User-Agent: LineBotWebhook/2.0\r\nx-line-signature: {sign(town.SECRET, body)}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _assert_durable() -> None:
    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(psycopg.sql.SQL("SHOW {}").format(psycopg.sql.Identifier(setting)))
            assert cursor.fetchone() == ("on",), setting


def _report(results: dict[str, list[load.Load]]) -> None:
    rates = {name: statistics.median(result.rate for result in found) for name, found in results.items()}
    share = statistics.median(
        door.rate / bound.rate for door, bound in zip(results["door"], results["signature"], strict=True)
    )
    times = statistics.median(
        door.rate / view.rate for door, view in zip(results["door"], results["view"], strict=True)
    )
    p99 = statistics.median(result.percentile(0.99) for result in results["door"])
    figures = {f"{name}_per_second": round(rate) for name, rate in rates.items()}
    kept = {
        "share_of_bound": round(share, 2),
        "times_django_view": round(times, 1),
        "door_p99_ms": round(p99, 1),
    }
    is_well = share >= 0.4 and times >= 8 and p99 < 100
    print(json.dumps({"bench": "intake", "connections": CONNECTIONS, **figures, **kept, "aims_met": is_well}))


if __name__ == "__main__":
    main()
