"""What `madoguchi` can do, a function each."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import django
import uvicorn
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import ProgrammingError, connections, transaction

from madoguchi.console.refusals import Refused, refuse_if_unsafe
from madoguchi.core import seal


def run(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    options = _parser().parse_args(arguments)
    if options.command is _keys:
        _keys(options.folder)
        return 0
    if options.command is _signs:
        _signs(is_quiet=options.quiet)
        return 0
    if not _may_start(needs_tables=options.command in (_web, _work, _demo)):
        return 2
    return int(options.command(options) or 0)


def _manage(arguments: list[str]) -> int:
    if not _may_start():
        return 2
    execute_from_command_line(["madoguchi manage", *arguments])
    return 0


def _may_start(*, needs_tables: bool = False) -> bool:
    """Say why not, if not."""
    django.setup(set_prefix=False)
    try:
        refuse_if_unsafe(needs_tables=needs_tables)
    except Refused as refused:
        print(refused, file=sys.stderr, flush=True)
        return False
    finally:
        connections.close_all()
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("madoguchi", description="窓口: the LINE desk")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    web = commands.add_parser("web", help="serve the desk and the webhook door")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    web.add_argument("--processes", type=int, default=1)
    web.set_defaults(command=_web)
    work = commands.add_parser(
        "work", help="handle events, send messages, fetch attachments; run one or more"
    )
    work.set_defaults(command=_work)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(command=_migrate)
    keys = commands.add_parser(
        "keys", help="make secret.key and root.key in a folder, where they are missing"
    )
    keys.add_argument("folder", type=Path)
    keys.set_defaults(command=_keys)
    found = commands.add_parser("found", help="make an organisation and its first administrator")
    found.add_argument("--organisation", required=True)
    found.add_argument("--email", required=True)
    found.add_argument("--name", required=True)
    found.set_defaults(command=_found)
    reset = commands.add_parser("reset", help="let somebody sign in anew whom nobody else can let in")
    reset.add_argument("--email", required=True)
    reset.set_defaults(command=_reset)
    signs = commands.add_parser(
        "signs", help="how well the shipped rules for grave signs do on the labelled examples"
    )
    signs.add_argument(
        "--quiet", action="store_true", help="the figures only, without the lines that went wrong"
    )
    signs.set_defaults(command=_signs)
    demo = commands.add_parser("demo", help="seed the demo (again): an invented organisation and its friends")
    demo.add_argument("--emulator", required=True, help="address of the stand-in LINE platform")
    demo.set_defaults(command=_demo)
    return parser


def _web(options: argparse.Namespace) -> None:
    uvicorn.run(
        "config.asgi:application",
        host=options.host,
        port=options.port,
        workers=options.processes,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,  # an address may hold a key
        server_header=False,
        timeout_graceful_shutdown=3,
        log_config=None,
    )


def _work(_options: argparse.Namespace) -> None:
    asyncio.run(_worker())


async def _worker() -> None:
    from madoguchi.channels.clients import Clients  # noqa: PLC0415 - needs the settings
    from madoguchi.console.kinds import KINDS  # noqa: PLC0415 - needs the settings
    from madoguchi.core.work import Worker  # noqa: PLC0415 - needs the settings

    clients = Clients()
    worker = Worker(KINDS, tools=clients)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, worker.stop.set)
    try:
        await worker.run()
    finally:
        await clients.close()


def _migrate(_options: argparse.Namespace) -> None:
    call_command("migrate", interactive=False, verbosity=1)


def _keys(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("secret.key", "root.key"):
        path = folder / name
        if path.exists():
            print(f"{path} はもうあるので、そのまま残しました。")
        else:
            seal.write_key(path)
            print(f"{path} を作りました。")
    print(
        f"{folder / 'root.key'} の写しを、データベースとは別の安全な場所に保管してください。なくすと何も読めなくなります。"
    )


def _signs(*, is_quiet: bool) -> None:
    """Asks no database anything: the rules and the examples are files of ours."""
    from madoguchi.signs.report import report  # noqa: PLC0415 - the dictionary is loaded only for this

    print(report(is_quiet=is_quiet))


def _found(options: argparse.Namespace) -> None:
    from madoguchi.accounts import actions  # noqa: PLC0415 - needs the settings
    from madoguchi.accounts.models import Role  # noqa: PLC0415
    from madoguchi.core import walls  # noqa: PLC0415

    roles = [Role.ADMINISTRATOR]
    try:
        with walls.everywhere(), transaction.atomic():
            organisation = actions.found(options.organisation)
            user, password = actions.add_user(None, organisation, options.email, options.name, roles)
    except actions.AddressNotPlain:
        sys.exit("メールアドレスは半角の英字・数字・記号で書いてください。何も作っていません。")
    except actions.AddressTaken:
        sys.exit("このメールアドレスの人はもういます。何も作っていません。別のアドレスでやり直してください。")
    except ProgrammingError:
        sys.exit("データベースにまだ表がありません。先に madoguchi migrate を実行してください。")
    print(f"{organisation.name} を作りました。サインイン：{user.email} / {password}（一度だけ表示します）")


def _reset(options: argparse.Namespace) -> None:
    from madoguchi.accounts import actions  # noqa: PLC0415 - needs the settings
    from madoguchi.accounts.models import User  # noqa: PLC0415
    from madoguchi.core import walls  # noqa: PLC0415

    with walls.everywhere():
        member = User.objects.filter(email=options.email.strip().lower()).first()
        if member is None:
            sys.exit("このメールアドレスの人はいません。何も変えていません。")
        password = actions.reset(None, member)
    print(f"{member.name} さんの新しい最初のパスワード：{password}（一度だけ表示します。操作ログに残ります）")


def _demo(options: argparse.Namespace) -> None:
    if settings.IS_PRODUCTION:
        raise SystemExit("本番ではデモを作れません。MADOGUCHI_MODE=demo で動かしてください。")
    from madoguchi.console.seed import seed  # noqa: PLC0415 - needs the settings

    seed(options.emulator)
