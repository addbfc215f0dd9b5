"""Three people and four phones at once: what each writes arrives where it belongs, and nowhere else."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import FRIENDS, Stage

pytestmark = pytest.mark.browser


def test_four_phones_and_three_desks_do_not_mix_their_words(stage: Stage) -> None:
    for name in FRIENDS:
        stage.phone(name).send(f"{name}です")
    for name in FRIENDS:
        expect(stage.supervisor.row(f"{name}です")).to_be_visible()
    for desk, names in ((stage.sato, FRIENDS[:2]), (stage.suzuki, FRIENDS[2:])):
        for name in names:
            desk.take(f"{name}です")
            desk.answer(f"{name}さん、こんにちは")
    for name in FRIENDS:
        expect(stage.phone(name).says(f"{name}さん、こんにちは")).to_be_visible()
        others = [other for other in FRIENDS if other != name]
        assert not [
            read
            for read in stage.friends[name].reads()
            for other in others
            if f"{other}さん、こんにちは" in read
        ]
