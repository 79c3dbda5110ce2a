"""Where everything is."""

from django.urls import path

from willakuy.desk import entrance, figures, history, home, pairs, proposals

urlpatterns = [
    path("", home.show),
    path("style.css", entrance.stylesheet),
    path("enter/<str:token>/", entrance.enter),
    path("language/", entrance.choose_language),
    path("pairs/", pairs.show),
    path("pairs/decide/", pairs.decide_pair),
    path("statements/", proposals.show),
    path("statements/decide/", proposals.decide_statement),
    path("figures/", figures.show),
    path("decisions/", history.show),
    path("decisions/undo/", history.undo),
]
