"""The hub that is a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.sync.hub import Hub, open_hub
from checkin.sync.hubs import _folder_admin as admin
from checkin.sync.keys import SyncKeys
from tests.sync.conformance import HubConformance, HubPlace
from tests.sync.journals import event_keys


class FolderPlace:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"folder:{path}"
        self.keys = event_keys()
        admin.init(self.url, self.keys)

    def connect(self, keys: SyncKeys) -> Hub:
        return open_hub(self.url, keys)

    def revoke(self, name: str) -> None:
        admin.revoke_desk(self.url, self.keys, name)

    def remake(self) -> None:
        shutil.rmtree(self.path)
        admin.init(self.url, self.keys)


@pytest.fixture
def folder_place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path / "hub")


class TestFolder(HubConformance):
    @pytest.fixture
    def place(self, folder_place: FolderPlace) -> Iterator[HubPlace]:
        yield folder_place
