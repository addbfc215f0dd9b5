"""2,000 events with duplicates and reordering, and a counsellor's replies, while web, workers and the database itself
are killed with `kill -9`: nothing lost, nothing doubled, the order right. What is checked: faults/checker.py."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]
ROOT = Path(__file__).resolve().parents[2]


def storm(*words: str) -> dict[str, Any]:
    """The report of a storm (faults/storm.py) as hard as `words` tell."""
    command = [sys.executable, "-m", "faults.storm", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert lines, done.stderr[-3000:]
    assert lines[-1].startswith("{"), done.stderr[-3000:]
    return dict(json.loads(lines[-1]))


def test_no_kill_loses_doubles_or_disorders_anything() -> None:
    report = storm("--events", "2000", "--kills", "20", "--database-kills", "3", "--replies", "30")
    print(report)
    assert report["wrong"] == []
    assert report["events"] == 2000
    assert sum(report["kills"].values()) == 23
    assert report["redelivered"] > 100  # the door was really away
    assert report["replies"] >= 30
    assert report["states"]["counsellor accepted"] == report["replies"]
