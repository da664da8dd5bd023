"""What a form posts, read into memory alone: nothing of a record touches a disk."""

from __future__ import annotations

from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from calcinosis.interfaces.web.settings import Settings
from calcinosis.words.en import inputs

_MOST_FIELDS = 3000


class Upload(Struct, frozen=True):
    """One file: what it was called and what it holds."""

    name: str
    data: bytes

    @property
    def text(self) -> str:
        """What it holds, as a page sends it again."""
        return self.data.decode("utf-8", errors="replace")


class Posted(Struct, frozen=True):
    """The fields and files of a form, in the order in which they were sent."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, Upload], ...]

    def text(self, name: str) -> str:
        """Return the first value of a field; empty when there is none."""
        return next((value for key, value in self.fields if key == name), "")

    def texts(self, name: str) -> list[str]:
        """Return all values of a field."""
        return [value for key, value in self.fields if key == name]

    def uploads(self, name: str) -> list[Upload]:
        """Return the files that were chosen in a field."""
        return [upload for key, upload in self.files if key == name and (upload.name or upload.data)]


NOTHING_POSTED = Posted((), ())


class _InMemory(MultiPartParser):
    """A parser that keeps every file in memory; the guard limits how much comes. A form without its end is none."""

    spool_max_size = 0  # a spooled file of this size is never moved to a disk
    _is_whole = False

    def on_end(self) -> None:
        """Note that the last boundary came."""
        self._is_whole = True

    async def parse(self) -> FormData:
        """Return what the form holds. Raises MultiPartException for a form that is cut off or broken."""
        form = await super().parse()
        if not self._is_whole:
            for file in self._files_to_close_on_error:
                file.close()
            raise MultiPartException(inputs.CUT_OFF)
        return form


async def posted(request: Request) -> Posted:
    """Return what a form posts. Raises HTTPException for a body that is no form."""
    try:
        form = await _parser(request).parse()
    except MultiPartException as error:
        raise HTTPException(400) from error
    fields, files = [], []
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.append((key, Upload(value.filename or "", await value.read())))
        else:
            fields.append((key, value))
    await form.close()
    return Posted(tuple(fields), tuple(files))


def _parser(request: Request) -> MultiPartParser | FormParser:
    """Return the parser of a form, by what its request says that it is."""
    settings: Settings = request.app.state.settings
    largest, stream = settings.largest_upload, request.stream()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return FormParser(request.headers, stream, max_fields=_MOST_FIELDS, max_part_size=largest)
    if kind == "multipart/form-data":
        return _InMemory(
            request.headers,
            stream,
            max_files=settings.most_records,
            max_fields=_MOST_FIELDS,
            max_part_size=largest,
        )
    raise HTTPException(415)
