"""Eight counsellors reach for the same talks at the same moment (faults/claims.py; whole: 10,000 rounds by command)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]


def test_of_eight_who_reach_one_holds_the_talk_and_none_too_many() -> None:
    command = [sys.executable, "-m", "faults.claims", "--rounds", "100", "--claimants", "8"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.stdout.strip(), done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["wrong"] == []
    assert (report["rounds"], report["most"]) == (100, 3)
