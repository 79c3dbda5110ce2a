"""Words of harm and of people, by what they do in a sentence. Folded."""

from __future__ import annotations

from willakuy.reading.lexicon.inflection import english, spanish
from willakuy.reading.lexicon.people import MORE_PEOPLE


def _forms(inflect: object, lemmas: str) -> frozenset[str]:
    assert callable(inflect)
    return frozenset(form for lemma in lemmas.split() for form in inflect(lemma))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STATES: dict[str, str] = {
    **dict.fromkeys(_set("muerto muerta muertos muertas fallecido fallecida fallecidos fallecidas asesinado asesinada asesinados asesinadas abatidos abatido abatida dead slain killed murdered assassinated occiso occisos"), "killed"),
    **dict.fromkeys(_set("herido herida heridos heridas lesionado lesionada lesionados lesionadas wounded injured hurt"), "injured"),
    **dict.fromkeys(_set("desaparecido desaparecida desaparecidos desaparecidas missing"), "missing"),
    **dict.fromkeys(_set("detenido detenida detenidos detenidas arrestados arrestadas secuestrados secuestrado arrested detained kidnapped abducted"), "detained"),
}  # fmt: skip
"""Words that stand beside people and say what befell them."""

COUNTED: dict[str, str] = {
    **dict.fromkeys(_set("muertes muerte decesos deceso fallecimientos fallecimiento asesinatos asesinato homicidios cadaveres bodies corpses deaths death fatalities fatality killings killing murders murder"), "killed"),
    **dict.fromkeys(_set("muertos muerto fallecidos fallecido dead occisos"), "killed"),
    **dict.fromkeys(_set("heridos herido lesionados wounded injured injuries"), "injured"),
    **dict.fromkeys(_set("desaparecidos missing disappearances"), "missing"),
    **dict.fromkeys(_set("detenidos detenciones arrests detainees"), "detained"),
    **dict.fromkeys(_set("victimas victims victima victim"), "killed"),
}  # fmt: skip
"""Nouns a number can stand before and count victims by."""

LEAVES = (
    _forms(spanish, "dejar causar ocasionar registrar reportar sumar cobrar")
    | _forms(english, "leave claim cause result")
    | _set("left cobro suman deja dejan")
)

POPULATION: dict[str, str] = {
    **dict.fromkeys(_set("policia policias agente agentes efectivo efectivos police policeman policemen officer officers policewoman suboficial suboficiales"), "police"),
    **dict.fromkeys(_set("soldado soldados militar militares soldier soldiers troops"), "soldiers"),
    **dict.fromkeys(_set("civil civiles civilian civilians ciudadano ciudadanos ciudadana ciudadanas citizen citizens"), "civilians"),
    **dict.fromkeys(_set("manifestante manifestantes protester protesters protestor protestors demonstrator demonstrators"), "protesters"),
    **dict.fromkeys(_set("menor menores nino nina ninos ninas adolescente adolescentes minor minors child children girl girls boy boys teenager teenagers baby babies bebe bebes neonato newborn"), "minors"),
    **dict.fromkeys(_set("mujer mujeres woman women"), "women"),
}  # fmt: skip

PEOPLE = frozenset(POPULATION) | MORE_PEOPLE | _set(
    "persona personas gente hombre hombres joven jovenes poblador pobladores comunero comuneros campesino campesinos campesina campesinas estudiante estudiantes "
    "trabajador trabajadores trabajadora obrero obreros minero mineros maestro maestros profesor profesores docente docentes medico medica medicos periodista "
    "periodistas activista activistas dirigente dirigentes lider lideres defensor defensora defensores sacerdote sacerdotes religioso religiosa monja indigena indigenas "
    "anciano anciana ancianos vecino vecinos vecina hermano hermanos hermana paisano paisanos peruano peruanos peruana peruanas compatriotas brigadista brigadistas "
    "enfermero enfermera bombero bomberos chofer conductor transeunte transeuntes familia familias victima victimas integrantes miembros socorrista "
    "person persons people man men youth youths villager villagers peasant peasants student students worker workers farmer farmers miner miners teacher teachers "
    "professor doctor doctors medic medics nurse nurses journalist journalists reporter reporters activist activists leader leaders defender defenders priest priests "
    "nun nuns bishop archbishop indigenous elder elders resident residents local locals brother brothers sister mother father son daughter peruvian peruvians colombian colombians "
    "salvadoran salvadorans guatemalan guatemalans bystander bystanders passer-by passerby passersby victim victims relative relatives member members others other one "
    "lawyer judge mayor deputy senator minister governor candidate colonel general captain lieutenant major sergeant guard guards bodyguard bodyguards driver adult adults "
    "lives vidas family mp lawmaker human humans protestant jesuit jesuits businessman businessmen"
)  # fmt: skip

NOT_VICTIMS = _set(
    "deudos deudo familiares familiar parientes huerfanos hijos beneficiarios soles dolares dollars relatives heirs families familias relative orphans beneficiaries "
    "protestas protests puntos ciudades regiones distritos dias horas years anos meses vehiculos viviendas casas locales comisarias attacks bombs houses cars vehicles "
    "buildings listas lista listado resoluciones bloqueos vias carreteras protestors_crowd proyectiles balas disparos impactos"
)
HEDGES = _set("presunto presunta presuntos presuntas presuntamente supuesto supuesta supuestamente habria habrian seria serian alleged allegedly reportedly apparently apparent posible "
              "posibles possible possibly suspected presuntivo unconfirmed")  # fmt: skip
RUMOURS = _set("rumor rumores rumour rumours rumors rumored rumoured")
NOT_SO = _set("no not never nunca n't sin without neither ningun ninguna ni none nobody nadie")
NEGATING_VERBS = _set(
    "avoid prevent threatened threaten threatening tried attempt attempted attempting amenazo amenazaron amenaza intento intentaron evitar impedir plot plotted wanted"
)
