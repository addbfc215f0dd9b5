"""A test in a browser gets a second try: when a page draws, and when a key arrives, is not ours alone to say.

What failed the first time is printed with why, so that nobody overlooks it, and a run in which more than a few needed it has
failed. No other tier is tried twice: what is lost once is lost.
"""

import pytest

MOST = 3  # of more than two hundred; more are a fault, not a busy machine


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_tried_again(session.config)) > MOST and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    again = _tried_again(config)
    for report in again:
        terminalreporter.section(f"needed a second try: {report.nodeid}", yellow=True)
        terminalreporter.write_line(report.longreprtext)
    if len(again) > MOST:
        terminalreporter.write_line(
            f"FAILED: more than {MOST} tests needed a second try", red=True, bold=True
        )


def _tried_again(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("rerun", []) if reporter else []
