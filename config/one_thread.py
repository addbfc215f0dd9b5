"""Django behind ASGI, each request worked on in one thread from its first middleware to its answer.

All our middleware and views are plain functions. Django's own handler changes threads for each signal, for the view and for the
answer's end, and starts a thread for every request: more than a small pull takes itself.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, HttpResponseBadRequest, HttpResponseBase
from django.urls import set_script_prefix


class InOneThread(ASGIHandler):
    """`threads`: how many requests are worked on at once; whoever stands before it lets no more through."""

    def __init__(self, threads: int) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            answer = await self._in_thread(self._answer, scope, body)
            if not answer.streaming:
                await self.send_response(answer, send)
                return
            try:
                await self._stream(answer, receive, send)
            finally:
                await self._in_thread(answer.close)

    def _answer(self, scope: dict[str, Any], body: IO[bytes]) -> HttpResponseBase:
        """Whole, unless it streams."""
        set_script_prefix(scope.get("root_path", ""))
        signals.request_started.send(self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        answer = self.get_response(request) if request else refused or HttpResponseBadRequest()
        if isinstance(answer, FileResponse):
            answer.block_size = self.chunk_size
        if not answer.streaming:
            answer.close()
        return answer

    async def _stream(self, answer: HttpResponseBase, receive: Any, send: Any) -> None:
        """Until its end, or until nobody is there to read it."""
        sending, leaving = (
            asyncio.create_task(self.send_response(answer, send)),
            asyncio.create_task(receive()),
        )
        try:
            await asyncio.wait([sending, leaving], return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _in_thread(self, act: Any, *given: Any) -> Any:
        return await sync_to_async(act, thread_sensitive=False, executor=self._threads)(*given)
