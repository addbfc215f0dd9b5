"""Who holds the phone, for a page inside LINE: LINE is asked, with the login channel that this account is linked to."""

from django.conf import settings
from django.utils.translation import gettext as _

from madoguchi.channels.line.client import CallFailed, open_session
from madoguchi.channels.line.login import Person, verify_id_token
from madoguchi.channels.line.reasons import Reason
from madoguchi.channels.models import Channel


class NotIdentified(Exception):
    """LINE did not say who it is. `sentence` is for whoever holds the phone."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> str:
        if self.reason is Reason.ID_TOKEN:
            return _("LINEでの確認の期限が切れました。この画面を閉じて、もう一度開いてください。")
        return _("いまLINEに確認できません。少し待ってから、もう一度開いてください。")


async def identify(channel: Channel, id_token: str) -> Person:
    """Holds no database connection. Raises NotIdentified."""
    session = open_session(connections=1)
    try:
        return await verify_id_token(settings.LINE_API_BASE, id_token, channel.login_channel_id, session)
    except CallFailed as failure:
        raise NotIdentified(failure.outcome.reason) from None
    finally:
        await session.close()
