"""How soon the answers page of a large survey is there: 100,000 friends, ten questions each, against a plain SQL count of
the same rows in the same run. Aims: the page, narrowed or not, and a cross table in under 1 s; a page that has nothing new
in under 200 ms; all submissions as an Excel file without the process growing by more than 100 MiB.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from bench import town
from bench.processes import resident_kib

KINDS = ("single", "single", "single", "single", "multiple", "multiple", "number", "number", "date", "text")
OPTIONS = 6

CONTACTS = """
INSERT INTO contacts_contact (organisation_id, channel_id, line_id_hash, wrapped_key, key_epoch, sealed_line_id, handle,
                              last_number, last_revision, profile_state, due_at, attempts)
SELECT %(organisation)s, %(channel)s, sha256(n::text::bytea), ''::bytea, 1, ''::bytea, 'あおいすずめ', 0, 0, 'absent', NULL, 0
FROM generate_series(1, %(count)s) n"""
# Of ten friends eight finish, one stops in the middle and one says no.
SUBMISSIONS = """
INSERT INTO surveys_submission (organisation_id, survey_id, version_id, contact_id, turn, token, revision, way, wording, asked,
                                picked, stands_at, page, misfits, started_at, moved_at, finished_at, dropped_at)
SELECT organisation_id, %(survey)s, %(version)s, id, 1, 't' || id, 11, (ARRAY['line', 'web', 'liff'])[1 + id %% 3],
       (ARRAY['ja', 'plain', 'en'])[1 + id %% 3], '', '{}', CASE WHEN id %% 10 < 8 THEN '' ELSE 'q' || 1 + id %% 7 END, 0, 0,
       now() - id %% 60 * interval '1 day', now(), CASE WHEN id %% 10 < 8 THEN now() END, CASE WHEN id %% 10 = 9 THEN now() END
FROM contacts_contact WHERE organisation_id = %(organisation)s"""
ANSWERS = """
INSERT INTO surveys_answer (organisation_id, submission_id, survey_id, question, codes, number, "on", moment, is_skipped,
                            is_on_path, answered_at)
SELECT s.organisation_id, s.id, s.survey_id, 'q' || at, CASE
         WHEN at <= 4 THEN ARRAY['o' || hash %% %(options)s]
         WHEN at <= 6 THEN ARRAY['o' || hash %% 3, 'o' || 3 + hash %% 3]::varchar[] ELSE '{}' END,
       CASE WHEN at IN (7, 8) THEN hash %% 90 END, CASE WHEN at = 9 THEN date '2020-01-01' + (hash %% 2000) END, '',
       hash %% 50 = 0, true, now()
FROM surveys_submission s, generate_series(1, 10) at, LATERAL (SELECT abs(hashint8(s.id * 31 + at)) AS hash) h
WHERE s.survey_id = %(survey)s AND (s.stands_at = '' OR at < substr(s.stands_at, 2)::int)"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    place = town.found(counsellors=1)
    from madoguchi.core import walls

    with walls.within(place.organisation_id):
        count = 10_000 if options.quick else 100_000
        survey = filled(place, count)
        pages = _pages(place, survey, 3 if options.quick else 7)
        file = _file(place, survey)
    is_well = all(pages[f"{name}_ms"] < 1000 for name in PAGES) and pages["unchanged_ms"] < 200
    aims_met = is_well and file["file_grew_mib"] < 100
    print(json.dumps({"bench": "answers", "friends": count, **pages, **file, "aims_met": aims_met}))


PAGES = {"page": "", "narrowed": "?way=line", "finished": "?finished=1", "cross": "cross/?row=q1&column=q5"}


def _pages(place: town.Town, survey: Any, rounds: int) -> dict[str, float]:
    """Milliseconds, the median of rounds that alternate; a request is all that Django does for it."""
    from django.test import Client

    from madoguchi.accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email=place.counsellors[0]))
    address = f"/surveys/{survey.pk}/answers/"
    drawn = client.get(address, headers={"HX-Request": "true"}).content.decode()
    again = drawn.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    measured: dict[str, Callable[[], Any]] = {
        "sql_count": lambda: _query("SELECT count(*) FROM surveys_answer WHERE survey_id = %s", survey.pk),
        "sql_group": lambda: _query(GROUPED, survey.pk),
        "unchanged": lambda: client.get(again, headers={"HX-Request": "true"}),
        **{name: lambda query=query: client.get(address + query) for name, query in PAGES.items()},  # type: ignore[misc]
    }
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _round in range(rounds):
        for name, act in measured.items():
            began = time.perf_counter()
            answer = act()
            found[name].append(1000 * (time.perf_counter() - began))
            assert getattr(answer, "status_code", 200) == (204 if name == "unchanged" else 200), name
    return {f"{name}_ms": round(statistics.median(times), 1) for name, times in found.items()}


GROUPED = "SELECT question, codes, count(*) FROM surveys_answer WHERE survey_id = %s GROUP BY question, codes"


def _query(statement: str, survey: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [survey])
        cursor.fetchall()


def _file(place: town.Town, survey: Any) -> dict[str, float]:
    """All submissions as a workbook: seconds, size, and by how much the process grew meanwhile."""
    from madoguchi.accounts.models import User
    from madoguchi.surveys import counting
    from madoguchi.surveys.actions.exporting import export
    from madoguchi.surveys.exports import Taken, pieces
    from madoguchi.surveys.narrowing import Narrowing
    from madoguchi.surveys.workbook import WorkbookWriter

    everything, columns = Narrowing(), counting.columns(survey)
    actor = User.objects.get(email=place.counsellors[0])
    made, newest = export(actor, survey, everything, form="xlsx", reason="測定のため", is_personal=False)
    taken = Taken(made, everything.submissions(survey), newest, columns, frozenset())
    writer = WorkbookWriter(taken, counting.tallies(survey, everything, columns))
    before, most, size, began = resident_kib(os.getpid()), 0, 0, time.perf_counter()
    for piece in pieces(taken, writer):
        size += len(piece)
        most = max(most, resident_kib(os.getpid()))
    seconds = time.perf_counter() - began
    return {
        "file_seconds": round(seconds, 1),
        "file_mib": round(size / 2**20, 1),
        "file_grew_mib": round((most - before) / 1024, 1),
    }


def filled(place: town.Town, count: int) -> Any:
    """A survey of ten questions that so many friends have answered."""
    from madoguchi.accounts.models import User
    from madoguchi.surveys import actions
    from madoguchi.surveys.definition import CHOICES, Definition, Kind, Option, Question, Words

    made = tuple(Option(f"o{number}", Words(ja=f"選択肢{number}")) for number in range(OPTIONS))
    questions = tuple(
        Question(
            f"q{at}",
            Kind(kind),
            Words(ja=f"質問{at}"),
            is_required=False,
            options=made if kind in CHOICES else (),
        )
        for at, kind in enumerate(KINDS, 1)
    )
    actor = User.objects.get(email=place.counsellors[0])
    survey = actions.create(actor, "測定", definition=Definition(Words(ja="測定"), questions=questions))
    version = actions.publish(actor, survey)
    values = {
        "organisation": place.organisation_id,
        "channel": place.channel_id,
        "survey": survey.pk,
        "version": version.pk,
        "count": count,
        "options": OPTIONS,
    }
    with connection.cursor() as cursor:
        for statement in (CONTACTS, SUBMISSIONS, ANSWERS):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    survey.refresh_from_db()
    return survey


if __name__ == "__main__":
    main()
