"""Downloads of everything, or of one museum, in the formats of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from museosciences.publish.collection import Selection
from museosciences.publish.export import Wanted, compressed, export
from museosciences.serve.leasing import Here
from museosciences.serve.live import Current
from museosciences.serve.reply import stamped, tagged
from museosciences.serve.stream import Streamed

ALL = "all"


@dataclass(frozen=True, slots=True)
class Dump:
    """A format of export as a file to download: packed when it is not packed by itself."""

    export: str
    media_type: str = "application/gzip"
    packed: bool = True
    kind: str | None = None


# By the end of the name of the file, as the catalogue gives them (publish/dcat.py).
DUMPS: Mapping[str, Dump] = {
    ".nq.gz": Dump("nquads"),
    "-dwca.zip": Dump("dwca", "application/zip", packed=False, kind="specimen"),
    "-lido.xml.gz": Dump("lido"),
    "-edm.xml.gz": Dump("edm"),
}
router = APIRouter(include_in_schema=False)


@router.get("/dumps/{name}")
def dump(request: Request, here: Here, name: str) -> Response:
    """One file of the catalogue."""
    museum, form = _asked(here, name)
    wanted = Wanted(Selection(museum=museum, kind=form.kind))
    if not here.setting.collection.count(wanted.selection):
        raise HTTPException(404, "there is nothing of this in this collection")
    # Nothing of a build ever changes: its name and that of the file say what is in it.
    tag = f'"{here.build.name}-{name}"'
    same = tagged(request, here, tag)
    if same is not None:
        return same

    def make() -> Iterator[bytes]:
        made = export(here.setting, form.export, wanted)
        return compressed(made) if form.packed else made

    return Streamed(
        make,
        form.media_type,
        content_disposition=f'attachment; filename="{name}"',
        **{key.replace("-", "_"): value for key, value in stamped(here, tag).items()},
    )


def _asked(here: Current, name: str) -> tuple[str | None, Dump]:
    for end, form in DUMPS.items():
        if name.endswith(end):
            code = name.removesuffix(end)
            if code == ALL:
                return None, form
            if code in dict(here.setting.collection.museums()):
                return code, form
    raise HTTPException(404, "there is no such file: the catalogue lists them")


@router.get("/dwca/{name}")
def archive(name: str) -> Response:
    """The identifier of a Darwin Core Archive, as its EML states it."""
    return RedirectResponse(f"/dumps/{quote(name)}-dwca.zip", 303)
