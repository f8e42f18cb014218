import pytest

from tests.support.telegram.plain_client import Client


@pytest.fixture
def client(server, session) -> Client:
    return Client(server, session)
