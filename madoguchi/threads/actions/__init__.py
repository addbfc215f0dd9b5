"""Every write to a thread: hear, say, the outbox around each attempt to send, attachments, pictures, and 既読."""

from madoguchi.threads.actions.hear import note, receive, unsend
from madoguchi.threads.actions.numbering import locked
from madoguchi.threads.actions.on_page import keep_picture, take_back, write_down
from madoguchi.threads.actions.outbox import resend
from madoguchi.threads.actions.pictures import attach_picture, picture_address
from madoguchi.threads.actions.read import read_up_to
from madoguchi.threads.actions.say import KeyUsed, say

__all__ = [
    "KeyUsed",
    "attach_picture",
    "keep_picture",
    "locked",
    "note",
    "picture_address",
    "read_up_to",
    "receive",
    "resend",
    "say",
    "take_back",
    "unsend",
    "write_down",
]
