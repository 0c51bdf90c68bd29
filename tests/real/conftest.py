"""The real inventories, built once in one workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from museosciences import build
from museosciences.examine import SourceSpec
from museosciences.library import Opened
from museosciences.workspace import Workspace

# identifier -> file under ../shared/data, museum (None: the rows say), rows read
EXPECTED: dict[str, tuple[str, str | None, int]] = {
    "joconde-extrait": ("joconde/base_joconde_extrait.csv", None, 337),
    "wikidata": ("joconde/wikidata_joconde_extrait.csv", "WIKIDATA", 11_005),
    "inha": ("inha/inha_objets.csv", "INHA", 1_674),
    "smg": ("scitech/smg_objects.csv", "SMG", 1_000),
    "bmsm": ("natsci/bmsm_shell_museum_workbench.csv", "BMSM", 25),
    "nrm": ("dwca/nrm_herpetology.zip", "NRM", 4_956),
    "caldas": ("dwca/caldas_mammals.zip", "UCALDAS", 3_828),
    "inp": ("lido/inp_histoire_des_sciences.xml", "INP", 486),
    "tate": ("tate/artworks_arts_sciences_subset.jsonl", "TATE", 768),
    "joconde-utf8": ("joconde/joconde-valid-UTF-8.txt", None, 3),
    "joconde-latin1": ("joconde/joconde-valid-ISO-8859-1.txt", None, 3),
    **{f"aquarelle-{n}": (f"joconde/aquarelle-{n}.xml", "AQUARELLE", 1) for n in range(1, 12)},
}


@pytest.fixture(scope="session")
def real_workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with all real inventories built in it."""
    specs = [
        SourceSpec(name, shared / "data" / file, museum)
        for name, (file, museum, _) in EXPECTED.items()
    ]
    workspace = Workspace(tmp_path_factory.mktemp("real") / "workspace")
    build.build(workspace, specs)
    return workspace


@pytest.fixture(scope="session")
def real(real_workspace: Workspace) -> Opened:
    """The real build, opened for reading."""
    return Opened(real_workspace.path)
