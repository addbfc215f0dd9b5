"""Every write to a thread: hear, say, the outbox around each attempt to send, attachments, pictures, and 既読."""

from madoguchi.threads.actions.hear import note, receive, unsend
from madoguchi.threads.actions.holding import ask_anew, drop_held, held_count, hold_all, send_held
from madoguchi.threads.actions.numbering import locked, shown_anew
from madoguchi.threads.actions.on_page import keep_picture, take_back, write_down
from madoguchi.threads.actions.outbox import resend
from madoguchi.threads.actions.pictures import attach_file, attach_picture, file_address, picture_address
from madoguchi.threads.actions.read import read_up_to
from madoguchi.threads.actions.say import KeyUsed, put_right, say
from madoguchi.threads.actions.typing import show_typing

__all__ = [
    "KeyUsed",
    "ask_anew",
    "attach_file",
    "attach_picture",
    "drop_held",
    "file_address",
    "held_count",
    "hold_all",
    "keep_picture",
    "locked",
    "note",
    "picture_address",
    "put_right",
    "read_up_to",
    "receive",
    "resend",
    "say",
    "send_held",
    "show_typing",
    "shown_anew",
    "take_back",
    "unsend",
    "write_down",
]
