"""A cache of their own for all tests, and a real S3 server of this machine for those that need one; they are skipped
where moto is not installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid

import pytest


@pytest.fixture(scope="session", autouse=True)
def cache_of_tests(tmp_path_factory):
    """Runs keep what they keep in a folder of the tests, and not in the user's."""
    patch = pytest.MonkeyPatch()
    patch.setenv("KEHOACH_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    """An S3 server in a process of its own; the usual AWS_* variables lead there while tests run."""
    pytest.importorskip("moto.server", reason="the S3 server for tests, pip install 'kehoach[test]'")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path_factory.mktemp("s3") / "server.log").open("wb")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=log, stderr=log)
    patch = pytest.MonkeyPatch()
    patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        patch.setenv(name, "for-tests")
    patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    patch.delenv("AWS_PROFILE", raising=False)
    patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(f"the S3 server ended: {log.name}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield os.environ["AWS_ENDPOINT_URL"]
    finally:
        server.kill()
        server.wait()
        patch.undo()


@pytest.fixture
def bucket(s3_server):
    """The URI of a new, empty bucket."""
    import boto3

    name = f"plans-{uuid.uuid4().hex[:12]}"
    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Makes this another machine than before, as far as the runs know."""

    def become(name):
        monkeypatch.setenv("KEHOACH_CACHE", str(tmp_path / name))

    become("first")
    return become
