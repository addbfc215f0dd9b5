from tests.in_the_database import _inside_the_database, town  # noqa: F401 - fixtures
