"""Read boundaries from a file: fields, codes, coordinate system, merging and dissolving.

Everything found wrong is collected and told at once, with the features by name.
"""

import warnings
from dataclasses import dataclass, field
from pathlib import Path

import geopandas
import pandas
import pyogrio
import shapely
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyproj.exceptions import CRSError, ProjError

WGS84 = "EPSG:4326"
RD = "EPSG:28992"
MAX_FEATURES = 50_000
DAMAGED = (DataSourceError, FeatureError, FieldError, GeometryError)


class BoundaryError(Exception):
    """What is wrong with a file of boundaries: `messages`, for the person who imports."""

    def __init__(self, messages):
        self.messages = [messages] if isinstance(messages, str) else list(messages)
        super().__init__("\n".join(self.messages))


@dataclass(frozen=True)
class Source:
    """Where boundaries come from and how to read them; see `import_areas --help`."""

    path: Path
    code_field: str | None = None
    name_field: str | None = None
    dissolve_by: str | None = None
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    tolerance_m2: float = 100.0
    merges: dict[str, str] = field(default_factory=dict)

    @property
    def key_field(self) -> str | None:
        """The field whose value identifies a boundary once all is dissolved."""
        return self.dissolve_by or self.code_field or self.name_field


@dataclass(frozen=True)
class Boundary:
    """One boundary as it will be stored: `polygon` is a MultiPolygon in WGS 84, x before y."""

    code: str
    name: str
    polygon: shapely.MultiPolygon
    area_m2: float

    @property
    def slug(self) -> str:
        """The code in the form in which areas hold it."""
        return slugify(self.code)


def parse_merges(pairs: list[str]) -> dict[str, str]:
    """Turn ["a=b", …] into {a: b}; raises BoundaryError for what is no pair or leads in a ring."""
    merges = {}
    for pair in pairs:
        source, separator, target = (part.strip() for part in pair.partition("="))
        if not separator or not source or not target:
            raise BoundaryError(
                _("--merge %(pair)s klopt niet. Schrijf het zo: --merge van=naar.") % {"pair": pair}
            )
        if source in merges or source == target:
            raise BoundaryError(
                _("--merge %(pair)s kan niet: voeg %(code)s één keer bij een ander gebied.")
                % {"pair": pair, "code": source}
            )
        merges[source] = target
    for source, target in merges.items():
        if target in merges:
            raise BoundaryError(
                _("--merge %(source)s=%(target)s kan niet: %(target)s gaat zelf ergens anders bij.")
                % {"source": source, "target": target}
            )
    return merges


def read(source: Source) -> geopandas.GeoDataFrame:
    """Read the file as it is: columns `code`, `name`, `row` (from 1) and `geometry`.

    `code` is the value of the key field; with --dissolve-by several rows share one. Raises
    BoundaryError where the file, a field, the coordinate system or a code is missing.
    """
    info = _inspect(source)
    frame = _load(source, info)
    key = source.key_field
    keys = [_text(value) for value in frame[key]]
    names = [_text(value) for value in frame[source.name_field or key]]
    own = source.code_field or key
    codes = keys if own == key else [_text(value) for value in frame[own]]
    rows = geopandas.GeoDataFrame(
        {
            "code": keys,
            "name": keys if source.dissolve_by else names,
            "row": range(1, len(frame) + 1),
            "label": [
                _label(name or code, code, row)
                for row, (name, code) in enumerate(zip(names, codes, strict=True), start=1)
            ],
        },
        geometry=frame.geometry.to_numpy(),
        crs=frame.crs,
    )
    problems = _missing_codes(rows, key)
    if source.code_field or not source.dissolve_by:
        problems += _double_codes(codes, rows)
    if problems:
        raise BoundaryError(problems)
    return rows


def _inspect(source: Source) -> dict:
    if not source.path.exists():
        raise BoundaryError(_("Het bestand %(path)s bestaat niet.") % {"path": source.path})
    if source.key_field is None:
        raise BoundaryError(
            _("Zeg in welk veld de code of de naam staat: --code-field, --name-field of beide.")
        )
    unreadable = _("%(path)s is geen kaartbestand dat we kunnen lezen, of het is beschadigd.") % {
        "path": source.path.name
    }
    try:
        layers = [str(name) for name in pyogrio.list_layers(source.path)[:, 0]]
        if source.layer is None and len(layers) > 1:
            raise BoundaryError(
                _("Dit bestand heeft meer lagen. Kies er een met --layer: %(layers)s.")
                % {"layers": ", ".join(layers)}
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            info = pyogrio.read_info(source.path, layer=source.layer, force_feature_count=True)
    except DataLayerError as error:
        raise BoundaryError(
            _("De laag %(layer)s staat niet in dit bestand. Er is wel: %(layers)s.")
            % {"layer": source.layer, "layers": ", ".join(layers)}
        ) from error
    except (DataSourceError, OSError, ValueError, IndexError) as error:
        raise BoundaryError(unreadable) from error
    _check_info(source, info)
    return info


def _check_info(source: Source, info: dict) -> None:
    if not info["features"]:
        raise BoundaryError(
            _("%(path)s is leeg: er staan geen vlakken in.") % {"path": source.path.name}
        )
    if info["features"] > MAX_FEATURES:
        raise BoundaryError(
            _("Dit bestand heeft %(count)d vlakken; het mogen er hoogstens %(limit)d zijn.")
            % {"count": info["features"], "limit": MAX_FEATURES}
        )
    if info["geometry_type"] is None:
        raise BoundaryError(
            _("%(path)s heeft geen vlakken op de kaart, alleen een tabel.")
            % {"path": source.path.name}
        )
    fields = [str(name) for name in info["fields"]]
    for name in (source.code_field, source.name_field, source.dissolve_by):
        if name is not None and name not in fields:
            raise BoundaryError(
                _("Het veld %(field)s staat niet in dit bestand. Er is wel: %(fields)s.")
                % {"field": name, "fields": ", ".join(fields) or _("geen enkel veld")}
            )
    if not info["crs"] and not source.crs:
        raise BoundaryError(
            _(
                "Dit bestand zegt niet in welk coördinatenstelsel het staat. Zeg het erbij, "
                "bijvoorbeeld --crs EPSG:28992 (RD) of --crs EPSG:4326 (graden)."
            )
        )


def _load(source: Source, info: dict) -> geopandas.GeoDataFrame:
    names = {source.code_field, source.name_field, source.dissolve_by} - {None}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(
                source.path,
                layer=source.layer,
                columns=sorted(names),
                encoding=source.encoding,
                force_2d=True,
                on_invalid="ignore",
            )
            if source.crs:
                frame = frame.set_crs(source.crs, allow_override=True)
    except (UnicodeDecodeError, LookupError) as error:
        raise BoundaryError(
            _(
                "De letters in dit bestand zijn anders opgeslagen dan het zegt. Probeer "
                "--encoding cp1252 of --encoding utf-8."
            )
        ) from error
    except CRSError as error:
        raise BoundaryError(
            _("Het coördinatenstelsel %(crs)s kennen we niet. Gebruik bijvoorbeeld EPSG:28992.")
            % {"crs": source.crs}
        ) from error
    except (*DAMAGED, shapely.errors.GEOSException) as error:
        raise BoundaryError(
            _("%(path)s is beschadigd: het kan niet tot het eind worden gelezen.")
            % {"path": source.path.name}
        ) from error
    return frame


def _text(value) -> str:
    """A field's value as text; "" for nothing. A whole number loses its decimals."""
    if value is None or (not isinstance(value, str) and pandas.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _label(name: str, code: str, row: int) -> str:
    known = ", ".join(part for part in (code if code != name else "", _("rij %d") % row) if part)
    return f"‘{name}’ ({known})" if name else _("rij %d") % row


def _missing_codes(rows, key: str) -> list[str]:
    return [
        _("%(feature)s heeft geen waarde in het veld %(field)s.")
        % {"feature": row.label, "field": key}
        for row in rows.itertuples()
        if not row.code
    ]


def _double_codes(codes: list[str], rows) -> list[str]:
    found = {}
    for code, label in zip(codes, rows["label"], strict=True):
        if code:
            found.setdefault(code, []).append(label)
    return [
        _("De code %(code)s staat %(count)d keer in het bestand: %(features)s. Laat er één over.")
        % {"code": code, "count": len(labels), "features": ", ".join(labels)}
        for code, labels in found.items()
        if len(labels) > 1
    ]


def to_crs(rows: geopandas.GeoDataFrame, crs: str) -> geopandas.GeoDataFrame:
    """Transform, with a BoundaryError where the coordinate system cannot be."""
    try:
        return rows.to_crs(crs)
    except (CRSError, ProjError, ValueError) as error:
        raise BoundaryError(
            _(
                "De coördinaten kunnen niet worden omgerekend. Klopt het coördinatenstelsel? "
                "Zeg het anders zelf, bijvoorbeeld --crs EPSG:28992."
            )
        ) from error
