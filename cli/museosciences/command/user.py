"""``museo user``: who may judge links on the web."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from museosciences.command.shared import Form, FormOption, WorkspaceOption, workspace_of
from museosciences.output import console, emit

user = typer.Typer(help="Les comptes de ceux qui jugent les liens.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Le nom du compte.")]


@user.command(name="add")
def open_(name: Name, workspace: WorkspaceOption = None) -> None:
    """Ouvre un compte, ou change son mot de passe (demandé, ou lu sur l’entrée standard)."""
    from museosciences.serve.accounts import Accounts

    asked = sys.stdin.isatty()
    password = getpass.getpass() if asked else sys.stdin.readline().rstrip("\r\n")
    Accounts(workspace_of(workspace).path).add(name, password)
    console().print(name, markup=False)


@user.command(name="list")
def list_(workspace: WorkspaceOption = None, form: FormOption = Form.table) -> None:
    """Les comptes."""
    from museosciences.serve.accounts import Accounts

    emit(("name",), [(name,) for name in Accounts(workspace_of(workspace).path).names()], form)


@user.command()
def remove(name: Name, workspace: WorkspaceOption = None) -> None:
    """Ferme un compte."""
    from museosciences.serve.accounts import Accounts

    Accounts(workspace_of(workspace).path).remove(name)


def add(app: typer.Typer) -> None:
    """Give the commands to the application."""
    app.add_typer(user, name="user")
