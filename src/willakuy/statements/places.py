"""Places as sources print them, as codes that contain one another, and the gazetteers that know their names."""

from willakuy.statements.places_find import find_places
from willakuy.statements.places_gazetteer import Gazetteer, TableGazetteer, countries, gazetteer
from willakuy.statements.places_read import parse_place
from willakuy.statements.places_value import Place, PlaceLevel, PlaceSaid, common_container

__all__ = [
    "Place",
    "PlaceLevel",
    "PlaceSaid",
    "Gazetteer",
    "TableGazetteer",
    "gazetteer",
    "countries",
    "parse_place",
    "find_places",
    "common_container",
]
