"""Every kind of work there is: what `madoguchi work` does."""

from madoguchi.contacts.work import FORGOTTEN_IMPORT, PROFILE
from madoguchi.desk.work import ALERT, DEAL, ELAPSE, LEFT_ALONE, NEAR, UNATTENDED, UNHEARD
from madoguchi.inbox.work import EVENT
from madoguchi.surveys.work import ENDED_LINK
from madoguchi.threads.work import ATTACHMENT, MESSAGE, READ_MARK

KINDS = (
    EVENT,
    MESSAGE,
    ALERT,
    LEFT_ALONE,
    UNATTENDED,
    UNHEARD,
    ELAPSE,
    DEAL,
    NEAR,
    ATTACHMENT,
    READ_MARK,
    PROFILE,
    ENDED_LINK,
    FORGOTTEN_IMPORT,
)
