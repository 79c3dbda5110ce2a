"""One module for each kind of page. Each offers ``pages(site)``, which yields what is to be rendered."""

from willakuy.publication.pages.changes import pages as changes
from willakuy.publication.pages.check import pages as check
from willakuy.publication.pages.claims import pages as claims
from willakuy.publication.pages.data import pages as data
from willakuy.publication.pages.documents import pages as documents
from willakuy.publication.pages.figures import pages as figures
from willakuy.publication.pages.front import pages as front
from willakuy.publication.pages.method import pages as method
from willakuy.publication.pages.person import pages as person
from willakuy.publication.pages.persons import pages as persons
from willakuy.publication.pages.places import pages as places
from willakuy.publication.pages.sources import pages as sources

MAKERS = (front, persons, person, figures, claims, places, sources, documents, method, changes, data, check)
"""Every kind of page there is, in the order of writing."""

__all__ = ["MAKERS"]
