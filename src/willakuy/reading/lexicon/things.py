"""Nouns that are never people, and common verb forms: what bounds a noun phrase where no parser is. Folded."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


THINGS = _set(
    "department province municipality district station stations interests continent units unit departamento provincia distrito municipio attack attacks bomb bombs bombing bombings explosion explosions explosive explosives device devices car cars vehicle vehicles bus buses truck trucks plane planes aircraft helicopter "
    "helicopters building buildings house houses home homes office offices road roads bridge bridges town towns city cities village villages region regions area areas zone zones country "
    "countries nation war wars fight fighting clash clashes combat combats battle battles ambush ambushes action actions operation operations incident incidents accident accidents crash crime "
    "crimes case cases fire fires shot shots gunshot gunshots gunfire bullet bullets pellet pellets projectile projectiles weapon weapons rifle rifles gun guns machete machetes knife knives grenade grenades "
    "mine mines rocket rockets shell shells tear gas violence event events fact facts report reports news statement statements list lists investigation investigations inquiry protest protests demonstration "
    "demonstrations march marches strike strikes riot riots election elections year years month months week weeks day days hour hours minute minutes time times night nights morning mornings evening life death "
    "deaths murder murders assassination assassinations killing killings kidnapping kidnappings massacre massacres execution executions arrest arrests wound wounds injury injuries body bodies blood head chest back leg legs "
    "neck hand hands face eye eyes stomach abdomen hospital hospitals morgue cemetery church school schools university market square park street streets highway way place places situation problem problems peace truce process policy "
    "law laws right rights justice truth hope hopes effort efforts attempt attempts plan plans project threat threats charge charges responsibility number figure toll total damage damages property money ransom "
    "percent part result results cause causes reason reasons effect effects end beginning flood floods earthquake rain rains storm hunger disease illness cancer covid virus cold virus stroke heart "
    "ataque ataques atentado atentados bomba bombas explosion explosiones explosivo auto autos carro carros vehiculo vehiculos camion camiones omnibus avion helicoptero edificio vivienda casa casas oficina "
    "carretera puente pueblo ciudad zona region pais nacion guerra guerras lucha enfrentamiento enfrentamientos choque choques combate combates emboscada accion acciones operativo operativos operacion incidente incidentes "
    "accidente accidentes crimen crimenes caso casos fuego incendio disparo disparos bala balas perdigon perdigones proyectil proyectiles arma armas fusil machete cuchillo granada granadas mina gas gases lacrimogenas lacrimogenos "
    "violencia hecho hechos informe informes noticia comunicado lista listas investigacion protesta protestas manifestacion manifestaciones marcha marchas paro paros huelga eleccion elecciones ano anos mes meses semana semanas "
    "dia dias hora horas minuto minutos vez veces noche manana tarde vida vidas muerte muertes asesinato asesinatos homicidio homicidios secuestro secuestros masacre matanza ejecucion detencion herida lesion lesiones "
    "cuerpo cuerpos sangre cabeza torax pecho espalda pierna cuello mano cara rostro ojo abdomen hospital hospitales morgue iglesia escuela colegio universidad mercado plaza parque calle calles lugar lugares situacion problema "
    "paz tregua proceso politica ley leyes derecho derechos justicia verdad esperanza esfuerzo intento plan amenaza amenazas cargo cargos responsabilidad numero cifra saldo balance total danos propiedad dinero parte resultado "
    "causa causas razon efecto fin principio inundacion terremoto lluvias hambre enfermedad rescate impacto impactos consecuencia marco contexto medio manera forma traves via vias aeropuerto comisaria democracia "
    "democracy freedom economy market climate environment river forest dog dogs cattle animals horses cow cows animal animales perro perros ganado vacas everything something anything nothing "
    "tiros tiro balazos balazo golpes quemarropa pedradas machetazos cunaladas punaladas parecer communication communications system systems network line lines towers tower post pylons pipeline oil plant station factory bank banks embassy headquarters installation installations facilities "
    "facility barracks garrison airport farm farms bombardment offensive operation shooting shootings wave campaign series spate string context course midst age ages age-group date kilometers km meters am pm gmt"
)
"""A phrase whose head is one of these is neither victim nor doer."""

COMMON_VERBS = _set(
    "took take takes taken taking went go goes going gone made make makes making came come comes coming began begins begin begun tried try tries trying left leave leaves leaving gave give gives given giving got get gets "
    "getting put puts putting entered enter entering arrived arrive fled flee fleeing ran run running occurred occur occurs happened happen happens became become becomes remained remain remains stayed stay kept keep keeps "
    "brought bring brings sent send sends held hold holds led lead leads met meet meets lost lose loses paid pay pays stood stand stands set sets sat broke break breaks won win wins spent spend threw throw throws hurled hurl "
    "fell fall falls grew grow rose rise rises drove drive drives flew fly used use uses using carried carry carries carrying launched launch opened open opens fired fire fires firing planted placed claimed claims claim "
    "attended continues continue returned return returns started start starts stopped stop stops followed follow follows worked work works working lived live lives living lies lay lying wore wearing served serve serves "
    "refused resist resisted according resulted result results resulting caused cause causes included including include includes involved involving related linked belonging belong belongs traveling travelling riding heading "
    "returning participating working carrying demanding protesting guarding fighting trying leaving causing seeking "
    "estaba estaban iba iban venia venian hizo hicieron hace hacen dio dieron da dan fue fueron puso pusieron pone tuvo tuvieron tiene tienen tenia tenian vino vinieron viene vienen quedo quedaron queda quedan llego llegaron llega "
    "salio salieron sale salen paso pasaron pasa pasan ocurrio ocurrieron ocurre sucedio sucedieron comenzo comenzaron empezo empezaron termino terminaron dejo dejaron deja dejan llevo llevaron lleva llevan trajo trajeron "
    "cayo cayeron cae caen encontro encontraron encuentra encuentran hallo hallaron halla hallan participo participaron participaba participaban realizo realizaron realiza realizan trabajaba vivia viven recibio recibieron "
    "recibe ingreso ingresaron abrio abrieron lanzo lanzaron uso usaron utilizo utilizaron provoco provocaron produjo produjeron produce causo causaron registro registraron registra registran incluye incluyen suma suman "
    "sumo sumaron alcanzo alcanza alcanzan cobro cobraron quiso quieren permitio permite reprimio reprimieron enfrento enfrentaron trataba trataban intento intentaron logro lograron huyo huyeron regresaba regresaban volvia "
    "llegan llegaban subio subieron sube suben bajo bajaron aumento aumentaron aumenta aumentan ascendio ascendieron asciende ascienden permanece permanecen "
    "permanecio permanecieron supera superan supero superaron sumaban "
    "transitaba caminaba protestaba protestaban marchaba marchaban manifestaba manifestaban circulaba hay habia hubo haya hayan hubiera hubieran hubiese hubiesen sufrio sufrieron sufre sufren"
)
"""Verb forms that end a noun phrase; the verbs of speech and harm end one as well."""
