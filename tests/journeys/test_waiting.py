"""Nobody can answer at once: the friend chooses on the phone, and the desk keeps its word."""

from datetime import timedelta

from tests.journeys.surveys import buttons, press
from tests.street import Friend, Town


def arranged(town: Town, **parts: object) -> None:
    from madoguchi.desk import actions as desk

    desk.set_reception(town.supervisor, town.channel, {"by_hand": "full", **parts})


def arrives(town: Town, name: str) -> Friend:
    friend = town.friend(name, follows=True)
    friend.says("きいてください")
    town.settle()
    return friend


def test_a_friend_books_a_time_on_the_phone_and_the_desk_has_it(town: Town) -> None:
    arranged(town)
    friend = arrives(town, "そら")
    press(friend, "時間を予約")
    slot = next(label for label in buttons(friend) if label[:2] in ("きょ", "あす"))
    press(friend, slot)
    talk = friend.conversation()
    assert talk.promise == "booked"
    assert friend.reads()[-1].startswith(f"予約しました。{slot}になったら")
    assert [message.content.get("shown") for message in friend.thread().filter(kind="postback")] == [
        "時間を予約",
        f"{slot}を予約する",
    ]


def test_two_phones_that_book_the_same_time_at_once_do_not_both_get_it(town: Town) -> None:
    arranged(town)
    friends = [arrives(town, name) for name in ("そら", "みお")]
    for friend in friends:
        press(friend, "時間を予約")
    slot = next(label for label in buttons(friends[0]) if label[:2] in ("きょ", "あす"))
    assert slot in buttons(friends[1])
    acts = [
        {
            "userId": friend.user_id,
            "channelId": town.account.id,
            "do": "postback",
            "data": buttons(friend)[slot]["data"],
        }
        for friend in friends
    ]
    town.platform.ask("POST", "/emu/acts", {"acts": acts})
    town.settle()
    promised = [friend.conversation().promised_at for friend in friends]
    assert promised.count(None) == 1
    said = sorted(friend.reads()[-1][:9] for friend in friends)
    assert said == ["その時間は、いま選", "予約しました。" + slot[:2]]


def test_an_answer_later_is_promised_and_kept_and_the_choice_is_free_of_charge(town: Town) -> None:
    arranged(town, later_minutes=60)
    friend = arrives(town, "ひなた")
    before = len(town.account.journal("api", "/v2/bot/message"))
    press(friend, "あとで返事")
    talk = friend.conversation()
    assert talk.promised_at is not None
    assert talk.promised_at - talk.opened_at >= timedelta(minutes=60)
    calls = town.account.journal("api", "/v2/bot/message")[before:]
    assert [call["path"] for call in calls] == ["/v2/bot/message/reply"]


def test_who_leaves_is_missed_and_late_taps_are_answered_kindly(town: Town) -> None:
    arranged(town)
    friend = arrives(town, "みお")
    offered = buttons(friend)
    press(friend, "ほか", "今日はやめておく")
    talk = friend.conversation()
    assert (talk.state, talk.missed) == ("closed", "gave_up")
    for label in ("待つ", "時間を予約", "あとで返事"):
        friend.act("postback", data=offered[label]["data"])
        town.settle()
        assert friend.reads()[-1].startswith("この相談は終わっています。")
    talk.refresh_from_db()
    assert (talk.state, talk.missed, talk.promise) == ("closed", "gave_up", "")
