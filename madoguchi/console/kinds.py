"""Every kind of work there is: what `madoguchi work` does."""

from madoguchi.contacts.work import PROFILE
from madoguchi.desk.work import ALERT, LEFT_ALONE
from madoguchi.inbox.work import EVENT
from madoguchi.threads.work import ATTACHMENT, MESSAGE, READ_MARK

KINDS = (EVENT, MESSAGE, ALERT, LEFT_ALONE, ATTACHMENT, READ_MARK, PROFILE)
