from pathlib import Path

import pytest

from tests.contract.outside import Examiner


@pytest.fixture
def examiner(tmp_path: Path) -> Examiner:
    return Examiner(tmp_path)
