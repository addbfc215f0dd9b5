"""A friend reaches the desk: adds the account, writes, and is heard whatever else goes wrong."""

import pytest

from faults.street import Street, wait_until
from tests.street import Friend, Town

GROUP = "C" + "0" * 32


def texts(friend: Friend) -> list[str]:
    """What the desk heard of a friend's texts, in the order of the thread."""
    said = friend.thread().filter(author_kind="friend", kind="text")
    return [message.content.get("text", "") for message in said]


def test_a_friend_who_adds_the_account_is_greeted_by_name_and_staff_see_a_placeholder(town: Town) -> None:
    friend = town.friend("ひなた", follows=True)
    town.settle()
    (greeting,) = friend.reads()
    assert greeting.startswith("ひなたさん、友だち追加ありがとうございます。「親子相談」です。")
    follow, shown = friend.thread()
    assert (follow.kind, shown.author_kind, shown.state) == ("follow", "automatic", "accepted")
    assert shown.content["text"].startswith("〈名前〉さん")
    assert "ひなた" not in shown.content["text"]


def test_the_first_word_opens_a_waiting_conversation_and_is_answered_by_itself_once(town: Town) -> None:
    friend = town.friend()
    friend.says("はじめまして")
    town.settle()
    friend.says("まだいますか")
    town.settle()
    conversation = friend.conversation()
    assert (conversation.state, conversation.number, conversation.owner) == ("waiting", 1, None)
    assert conversation.automatic_answer is not None
    assert friend.kinds() == ["text", "text", "text"]
    assert [text[:14] for text in friend.reads()] == ["メッセージを受け取りました。"]


def test_two_quick_first_messages_open_one_conversation(town: Town) -> None:
    friends = [town.friend(f"友だち{number}") for number in range(5)]
    for friend in friends:
        said = {"userId": friend.user_id, "channelId": town.account.id, "do": "text"}
        acts = [said | {"text": words} for words in ("きいて", "おねがい")]
        town.platform.ask("POST", "/emu/acts", {"acts": acts})
    town.settle()
    assert sorted(friend.conversation().number for friend in friends) == [1, 2, 3, 4, 5]
    assert [sorted(texts(friend)) for friend in friends] == [["おねがい", "きいて"]] * 5
    assert [len(friend.reads()) for friend in friends] == [1] * 5


def test_someone_who_was_a_friend_before_the_account_was_connected_is_heard(town: Town) -> None:
    town.account.set(webhookActive=False)
    friend = town.friend("むかしから", follows=True)
    town.platform.idle()
    assert friend.contact() is None
    town.account.set(webhookActive=True)
    friend.says("前から友だちです")
    town.settle()
    assert texts(friend) == ["前から友だちです"]
    assert friend.conversation().state == "waiting"


def test_a_redelivered_event_changes_nothing(town: Town) -> None:
    friend = town.friend(follows=True)
    event_id = str(friend.act("text", text="一度だけ")["webhookEventId"])
    town.settle()
    before = [(message.pk, message.revision) for message in friend.thread()]
    for _ in range(3):
        town.account.redeliver(event_id)
    town.settle()
    assert [entry["isRedelivery"] for entry in town.account.journal("webhook")].count(True) == 3
    assert [(message.pk, message.revision) for message in friend.thread()] == before
    assert len(friend.reads()) == 2  # greeted, answered: not again


def test_messages_stand_in_the_order_they_were_said_when_they_arrive_in_another(town: Town) -> None:
    friend = town.friend()
    town.account.fault("reorder", count=1, by=2, delayMs=3000)
    for words in ("一", "二", "三"):
        friend.says(words)
    town.settle()
    arrived = [entry["eventIds"] for entry in town.account.journal("webhook")]
    assert arrived != sorted(arrived)
    assert texts(friend) == ["一", "二", "三"]


@pytest.mark.parametrize("fault", ["errorBefore", "expiredToken", "monthlyLimit"])
def test_a_failing_profile_look_up_loses_nothing(town: Town, fault: str) -> None:
    town.account.fault(fault, path="/profile/", count=None)
    friend = town.friend("ひなた", follows=True)
    friend.says("名前がなくても")
    friend.heard()
    wait_until(lambda: len(friend.reads()) == 2, "greeted and answered")
    assert friend.reads()[0].startswith("友だちさん、")
    town.account.no_faults()
    assert wait_until(lambda: friend.known().profile, "the name, later")["name"] == "ひなた"


def test_someone_whose_profile_line_does_not_show_is_heard(town: Town, street: Street) -> None:
    street.pause("work-1")
    friend = town.friend(follows=True)
    friend.says("すぐにブロックします")
    friend.act("block")
    street.start("work-1")
    town.settle()
    assert texts(friend) == ["すぐにブロックします"]
    contact = friend.known()
    assert (contact.profile_state, contact.blocked_at is None) == ("absent", False)


def test_what_is_said_in_a_group_never_enters_a_private_thread(town: Town) -> None:
    friend = town.friend(follows=True)
    town.settle()
    group = town.platform.ask(
        "POST", "/emu/groups", {"channelIds": [town.account.id], "userIds": [friend.user_id]}
    )
    friend.act("text", text="みんなへ", groupId=group["groupId"])
    town.settle()
    assert friend.kinds() == ["follow", "text"]
    meanings = _meanings(town)
    assert meanings.pop("follow") == 1
    assert set(meanings) == {"group"}


def test_an_event_without_a_person_is_kept_and_disturbs_nobody(town: Town) -> None:
    friend = town.friend()
    friend.act("text", text="だれでしょう", withoutUserId=True)
    town.settle()
    assert _meanings(town) == {"without_person": 1}
    assert friend.contact() is None


def test_an_event_of_tomorrow_is_shown_by_its_name(town: Town) -> None:
    friend = town.friend()
    friend.act("event", event={"type": "hologram", "shape": "鶴"})
    friend.act("event", event={"type": "message", "message": {"type": "scent", "id": "77001"}})
    town.settle()
    assert friend.kinds()[:2] == ["hologram", "scent"]
    assert friend.conversation().first_message.kind == "scent"


def test_a_second_secret_is_accepted_while_it_is_changed_over(town: Town) -> None:
    from madoguchi.channels import actions as channels
    from tests.doors.knocking import knock

    former, coming = town.account.channel["secret"], "f" * 32
    channels.change(town.supervisor, town.channel, "親子相談", secret=coming)
    wait_until(lambda: knock(town, b'{"events":[]}', secret=coming) == 200, "the new secret")
    assert knock(town, b'{"events":[]}', secret=former) == 200
    friend = town.friend()
    friend.says("前の鍵で")
    town.settle()
    town.account.set(secret=coming)
    friend.says("新しい鍵で")
    town.settle()
    assert texts(friend) == ["前の鍵で", "新しい鍵で"]


def _meanings(town: Town) -> dict[str, int]:
    from collections import Counter

    from madoguchi.inbox.models import InboundEvent

    found = InboundEvent.objects.filter(channel=town.channel, finished_at__isnull=False)
    return Counter(found.values_list("meaning", flat=True))
