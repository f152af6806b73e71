"""The templates of a site's pages: ours, each of which a file of the same name in the user's folder replaces."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termatlas.errors import SourceError, UsageError
from termatlas.publish.addresses import address_of
from termatlas.publish.links import words_of
from termatlas.publish.texts import direction, level, paragraphs, plural, short

if TYPE_CHECKING:
    import jinja2

SUFFIX: Final = ".html.j2"
#: Our style sheet, which the user's may replace, and the user's colours, which come after it.
STYLE, COLOURS, ICON = "site.css", "colours.css", "icon.svg"


def environment(folder: Path | None) -> jinja2.Environment:
    """Make ready to fill templates; every value is escaped.

    Raises `UsageError` where there is no such folder, or no template in it is one of ours.
    """
    import jinja2

    ours = files("termatlas.publish").joinpath("templates")
    known = {part.name: part.read_text("utf-8") for part in ours.iterdir() if part.name.endswith(SUFFIX)}
    loaders: list[jinja2.BaseLoader] = [jinja2.DictLoader(known)]
    if folder is not None:
        _check(folder, known)
        loaders.insert(0, jinja2.FileSystemLoader(folder, encoding="utf-8"))
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
    )
    made.globals |= {
        "short": short,
        "level": level,
        "count": plural,
        "paragraphs": paragraphs,
        "direction": direction,
        "address": address_of,
        "words_of": words_of,
    }
    return made


def _check(folder: Path, known: dict[str, str]) -> None:
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder} with templates; make one, or leave it out for our own")
    for path in sorted(folder.glob("*.j2")):
        if not path.name.endswith(SUFFIX):
            raise UsageError(f"{path} is no template of a page; a name such as term{SUFFIX} is")


def fill(made: jinja2.Environment, name: str, values: dict[str, object]) -> str:
    """Fill a template.

    Raises `SourceError` with the file and line of what is wrong in it.
    """
    import jinja2

    try:
        return made.get_template(f"{name}{SUFFIX}").render(values)
    except jinja2.TemplateSyntaxError as error:
        raise SourceError(
            error.filename or error.name or f"{name}{SUFFIX}",
            f"the template cannot be read: {error.message}",
            "mend it, or delete it for our own",
            place=f"line {error.lineno}",
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}{SUFFIX}",
            f"the template is no text in UTF-8: {error.reason} at byte {error.start}",
            "save it as UTF-8, or delete it for our own",
        ) from error
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        file, place = _place(error)
        raise SourceError(
            file or f"{name}{SUFFIX}",
            f"the template cannot be filled: {error}",
            "mend it, or delete it for our own",
            place=place,
        ) from error


def _place(error: BaseException) -> tuple[str, str]:
    """Find the template, if it is the user's, and the line that an error comes from: the last in its traceback."""
    trace, file, line = error.__traceback__, "", 0
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX) or name == "<template>":
            file, line = "" if name == "<template>" else name, trace.tb_lineno
        trace = trace.tb_next
    return file, f"line {line}" if line else ""
