"""Every write about friends."""

from madoguchi.contacts.actions.attributes import (
    InUse,
    KeyTaken,
    add_attribute,
    add_option,
    archive,
    change_attribute,
    change_option,
    move_attribute,
    move_option,
    remove_attribute,
    remove_option,
    restore,
    restore_option,
)
from madoguchi.contacts.actions.consent import (
    NotPublished,
    Published,
    agree,
    publish_terms,
    rewrite_terms,
    withdraw,
    write_terms,
)
from madoguchi.contacts.actions.erasing import erase_value
from madoguchi.contacts.actions.meeting import (
    PROFILE_TRIES,
    follow,
    know,
    learn_profile,
    meet,
    postpone_profile,
    unfollow,
)
from madoguchi.contacts.actions.merging import CannotMerge, merge, unmerge
from madoguchi.contacts.actions.origins import (
    add_origin,
    archive_origin,
    come_from,
    count_visit,
    rename_origin,
    restore_origin,
)
from madoguchi.contacts.actions.sets import install_set
from madoguchi.contacts.actions.tags import NameTaken, add_tag, change_tag, remove_tag, tag, untag
from madoguchi.contacts.actions.values import set_values
from madoguchi.contacts.fit import Unfit, clean
from madoguchi.contacts.known import values_of
from madoguchi.contacts.new import NewAttribute, NewOption

__all__ = [
    "PROFILE_TRIES",
    "CannotMerge",
    "InUse",
    "KeyTaken",
    "NameTaken",
    "NewAttribute",
    "NewOption",
    "NotPublished",
    "Published",
    "Unfit",
    "add_attribute",
    "add_option",
    "add_origin",
    "add_tag",
    "agree",
    "archive",
    "archive_origin",
    "change_attribute",
    "change_option",
    "change_tag",
    "clean",
    "come_from",
    "count_visit",
    "erase_value",
    "follow",
    "install_set",
    "know",
    "learn_profile",
    "meet",
    "merge",
    "move_attribute",
    "move_option",
    "postpone_profile",
    "publish_terms",
    "remove_attribute",
    "remove_option",
    "remove_tag",
    "rename_origin",
    "restore",
    "restore_option",
    "restore_origin",
    "rewrite_terms",
    "set_values",
    "tag",
    "unfollow",
    "unmerge",
    "untag",
    "values_of",
    "withdraw",
    "write_terms",
]
