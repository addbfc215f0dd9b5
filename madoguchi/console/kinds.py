"""Every kind of work there is: what `madoguchi work` does."""

from madoguchi.contacts.work import FORGOTTEN_IMPORT, PROFILE
from madoguchi.desk.work import (
    ALERT,
    DEAL,
    ELAPSE,
    LEFT_ALONE,
    LEFT_SPEAKER,
    NEAR,
    PREPARED,
    UNATTENDED,
    UNHEARD,
)
from madoguchi.emergency.work import NOTICE
from madoguchi.inbox.work import EVENT
from madoguchi.practice.work import PRACTICE
from madoguchi.surveys.work import ENDED_LINK
from madoguchi.threads.work import ATTACHMENT, HELD, MESSAGE, READ_MARK, TYPING

KINDS = (
    EVENT,
    MESSAGE,
    HELD,
    PREPARED,
    ALERT,
    LEFT_ALONE,
    UNATTENDED,
    UNHEARD,
    LEFT_SPEAKER,
    ELAPSE,
    DEAL,
    NEAR,
    NOTICE,
    PRACTICE,
    ATTACHMENT,
    READ_MARK,
    TYPING,
    PROFILE,
    ENDED_LINK,
    FORGOTTEN_IMPORT,
)
