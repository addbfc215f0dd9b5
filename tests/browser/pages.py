"""A tiny real web server that is somebody's LIFF app: it serves pages as they were written."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FORM = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>アンケート</title>
<h1>アンケート</h1><output>まだです</output><p><a href="next">つぎのページ</a></p>
<button id="close">とじる</button><button id="send">送る</button><button id="open">くわしく</button>
<script src="{sdk}"></script><script>
const shown = document.querySelector("output");
const on = (id, act) => document.getElementById(id).addEventListener("click", act);
liff.init({{ liffId: "{liff_id}" }}).then(async () => {{
  if (!liff.isLoggedIn()) {{ shown.textContent = "ログインが必要です"; liff.login(); return; }}
  const profile = await liff.getProfile();
  const friendship = await liff.getFriendship();
  window.found = {{
    profile, friendship, context: liff.getContext(), claims: liff.getDecodedIDToken(), token: liff.getAccessToken(),
    inClient: liff.isInClient(), link: liff.permanentLink.createUrl(), os: liff.getOS(),
  }};
  shown.textContent = `${{profile.displayName}}さん、こんにちは`;
}}).catch((error) => {{ shown.textContent = `${{error.name}} ${{error.code}}`; }});
on("close", () => liff.closeWindow());
on("open", () => liff.openWindow({{ url: "/other" }}));
on("send", () => liff.sendMessages([{{ type: "text", text: "ページから" }}])
  .catch((error) => {{ shown.textContent = error.code; }}));
</script></html>"""
OTHER = '<!doctype html><html lang="ja"><meta charset="utf-8"><title>別</title><h1>別のページ</h1></html>'


@dataclass
class Pages:
    """`pages`: path -> HTML; a path below `/form/` that is not there gets the page of `/form/`."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Pages:
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                path = self.path.partition("?")[0]
                below = outer.pages.get("/form/") if path.startswith("/form/") else None
                html = outer.pages.get(path, below)
                self.send_response(200 if html else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((html or "").encode())

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
