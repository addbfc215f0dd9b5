"""What an API call is answered with, and LINE's error bodies word for word (LINE.md 1.3)."""

from dataclasses import dataclass, field
from typing import Any

import orjson

JSON = "application/json"


@dataclass(slots=True)
class Reply:
    status: int
    body: bytes = b"{}"
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


class ApiError(Exception):
    """An answer other than success; nothing was changed."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def ok(body: Any, status: int = 200) -> Reply:
    return Reply(status, orjson.dumps(body))


def error(status: int, message: str, **more: Any) -> ApiError:
    return ApiError(Reply(status, orjson.dumps({"message": message, **more})))


def oauth_error(status: int, code: str, description: str) -> ApiError:
    return ApiError(Reply(status, orjson.dumps({"error": code, "error_description": description})))


def body_errors(details: list[dict[str, str]]) -> ApiError:
    return error(400, f"The request body has {len(details)} error(s)", details=details)


def invalid_property(name: str) -> ApiError:
    return error(400, f"The property, {name}, in the request body is invalid (line: -, column: -)")


def invalid_parameter(name: str) -> ApiError:
    return error(400, f"The value for the '{name}' parameter is invalid")


NO_HEADER = "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"
BAD_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "  # noqa: S105  # a message, no secret
    "Confirm that the access token in the authorization header is valid."
)
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
MONTHLY_LIMIT = "You have reached your monthly limit."
RETRY_KEY_TAKEN = "The retry key is already accepted"
NO_SUCH_RECIPIENT = "Failed to send messages"
INVALID_REPLY_TOKEN = "Invalid reply token"  # noqa: S105
