"""The demo: an invented town's desk, its staff, and two friends on the stand-in LINE platform. Made once, kept after."""

import json
from typing import Any
from urllib.request import Request, urlopen

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.channels import actions as channels
from madoguchi.channels.models import Channel
from madoguchi.console.demo import DOMAIN
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Purpose
from madoguchi.core import walls
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.models import Survey

ORGANISATION = "あおば市 子ども家庭課"
PASSWORD = "madoguchi-demo"  # noqa: S105 - of invented people, in the demo only
STAFF = (
    ("sato", "佐藤 みどり", (Role.COUNSELLOR,)),
    ("suzuki", "鈴木 あおい", (Role.COUNSELLOR,)),
    ("takahashi", "高橋 けい", (Role.COUNSELLOR, Role.SUPERVISOR)),
    ("koho", "田中 広報", (Role.DELIVERY,)),
    ("kanri", "山本 管理", (Role.ADMINISTRATOR,)),
    ("kansa", "中村 監査", (Role.AUDITOR,)),
)
# LINE's channel id, its basic id, its name, the ready-made survey that its greeting carries, and its LIFF app
CHANNELS = (
    ("1650000001", "@aoba-oyako", "あおば市 親子相談", "consultation", "1650000101-Aoba0001"),
    ("1650000002", "@aoba-kodomo", "あおば市 子どもの窓口", "municipal", "1650000102-Aoba0002"),
)
TERMS = (
    (
        "ここで聞いたことは、この窓口の職員だけが読みます。あなたの許しなく、ほかの人に話しません。"
        "ただし、命やからだが危ないときは、守るためにほかの機関に伝えることがあります。回答はいつでも見て、直して、消せます。"
    ),
    (
        "ここで話《はな》したことは、ひみつにします。いのちがあぶないときだけ、あなたを守《まも》るために、"
        "ほかの人《ひと》に話《はな》すことがあります。こたえは、いつでもけせます。"
    ),
    (
        "Only the staff of this desk read what you tell us here. We pass nothing on without your consent, unless life or "
        "body is in danger. You can look at, correct and delete your answers at any time."
    ),
)
FRIENDS = (("U" + "a1" * 16, "ひなた"), ("U" + "b2" * 16, "ゆうママ"), ("U" + "c3" * 16, "そら"))


def seed(emulator: str) -> None:
    """Make what is missing, and print where to open the phones and how to sign in: one JSON object a line."""
    with walls.everywhere():
        organisation = Organisation.objects.filter(name=ORGANISATION).first() or accounts.found(ORGANISATION)
        for handle, name, roles in STAFF:
            if not User.objects.filter(email=f"{handle}@{DOMAIN}").exists():
                accounts.add_user(None, organisation, f"{handle}@{DOMAIN}", name, roles, PASSWORD)
        accounts.count_password_as_chosen(User.objects.filter(email__endswith=f"@{DOMAIN}"))
        for line_channel_id, basic_id, name, _survey, liff_id in CHANNELS:
            _channel(emulator, organisation, line_channel_id, basic_id, name)
            channels.link_liff(None, _ours(organisation, line_channel_id), liff_id.split("-")[0], liff_id)
        _tell_our_address(emulator)
        _surveys(organisation)
    for user_id, name in FRIENDS:
        _call(emulator, "/emu/friends", {"userId": user_id, "displayName": name, "language": "ja"})
    _tell({"phones": "?phones=" + ",".join(user_id for user_id, _name in FRIENDS[:2])})
    for handle, name, roles in STAFF:
        line = {
            "name": name,
            "roles": [str(role.label) for role in roles],
            "email": f"{handle}@{DOMAIN}",
            "password": PASSWORD,
        }
        _tell(line)


def _ours(organisation: Organisation, line_channel_id: str) -> Channel:
    return Channel.objects.get(organisation=organisation, line_channel_id=line_channel_id)


def _surveys(organisation: Organisation) -> None:
    """What the greetings ask, and the terms before it; once, so that what a visitor changes stays."""
    if Survey.objects.filter(organisation=organisation).exists():
        return
    supervisor = User.objects.get(email=f"takahashi@{DOMAIN}")
    text, child_text, text_en = TERMS
    terms = contacts.write_terms(
        supervisor, purpose=Purpose.BOTH, text=text, child_text=child_text, text_en=text_en
    )
    contacts.publish_terms(supervisor, terms)
    for line_channel_id, _basic_id, _name, ready, _liff_id in CHANNELS:
        survey = surveys.make_ready_made(supervisor, ready)
        surveys.publish(supervisor, survey)
        surveys.welcome_with(supervisor, _ours(organisation, line_channel_id), survey)


def _tell(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _channel(
    emulator: str, organisation: Organisation, line_channel_id: str, basic_id: str, name: str
) -> None:
    """The stand-in platform makes the secret and the token; ours keeps them sealed."""
    channel = Channel.objects.filter(organisation=organisation, line_channel_id=line_channel_id).first()
    wanted: dict[str, Any] = {
        "channelId": line_channel_id,
        "basicId": basic_id,
        "name": name,
        "chatMode": "chat",
    }
    if channel is not None:
        wanted |= {"secret": channel.unseal("secret"), "accessToken": channel.unseal("token")}
    made = _call(emulator, "/emu/channels", wanted)
    if channel is None:
        channel = channels.add(None, organisation, name, line_channel_id, made["secret"], made["accessToken"])
    found = channels.Findings(
        bot_name=name, bot_user_id=made["botUserId"], basic_id=basic_id, is_chat_on=True
    )
    channels.keep_findings(None, channel, found)


def _tell_our_address(emulator: str) -> None:
    """To every account the platform knows, also those added by hand: the port may be another than last time."""
    known = {account["channelId"] for account in _call(emulator, "/emu/channels")["channels"]}
    for channel in Channel.objects.filter(line_channel_id__in=known):
        told = {"channelId": channel.line_channel_id, "webhookUrl": channels.webhook_url(channel)}
        _call(emulator, "/emu/channels", told)
        if channel.liff_id:
            app = {"channelId": channel.line_channel_id, "liffId": channel.liff_id, "name": channel.name}
            _call(
                emulator, "/emu/liff", app | {"endpointUrl": channels.liff_url(channel), "viewType": "tall"}
            )


def _call(emulator: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """A GET without a body."""
    raw = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json"}
    request = Request(emulator.rstrip("/") + path, raw, headers)  # noqa: S310 - an address given on the command line
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - an address given on the command line
        return dict(json.load(answer))
