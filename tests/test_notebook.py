"""The notebook of the documentation: French, without outputs, and running on the demonstration."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from museosciences.workspace import Workspace

NOTEBOOK = "docs/carnet.ipynb"


@pytest.fixture
def notebook(root: Path) -> nbformat.NotebookNode:
    return nbformat.read(root / NOTEBOOK, as_version=4)


def test_the_notebook_is_committed_without_outputs(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count]


def test_the_notebook_runs_on_the_demonstration(
    notebook: nbformat.NotebookNode, demonstration: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSEO_WORKSPACE", str(demonstration.path))
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = {
        cell.id: "".join(
            output.get("text", "") or output.get("data", {}).get("text/html", "")
            for output in cell.outputs
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
    tables = [text for text in shown.values() if "<table" in text]
    assert len(tables) >= 5, "answers are pandas tables"
    assert all(re.search(r"<tbody>\s*<tr>", text) for text in tables), "none is empty"
    assert any("conserve" in text for text in shown.values()), "links explain themselves in French"
