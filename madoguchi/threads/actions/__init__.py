"""Every write to a thread: hear, say, the outbox around each attempt to send, attachments, and 既読."""

from madoguchi.threads.actions.attachments import attach
from madoguchi.threads.actions.hear import note, receive, unsend
from madoguchi.threads.actions.numbering import locked
from madoguchi.threads.actions.outbox import resend
from madoguchi.threads.actions.read import read_up_to
from madoguchi.threads.actions.say import KeyUsed, say

__all__ = ["KeyUsed", "attach", "locked", "note", "read_up_to", "receive", "resend", "say", "unsend"]
