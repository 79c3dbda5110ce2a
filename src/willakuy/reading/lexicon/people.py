"""Nouns of people by work, kin, belief and nation, beside those of ``harm.PEOPLE``. Folded."""

from __future__ import annotations

from willakuy.reading.lexicon.word_lists import words

OCCUPATIONS = words(
    "accountant accountants actor actors adviser advisers advisor advisors aide aides anthropologist architect artist artists athlete attendant attendants author baker "
    "barber biologist blogger bloggers boss broker bureaucrat bureaucrats butcher cameraman cameramen caretaker carpenter cashier catechist catechists chauffeur "
    "citizen clergyman clergymen cleric clerics clerk clerks comedian commander commentator comrade comrades conscript conscripts consul contractor "
    "contractors cook cooks correspondent correspondents councillor councillors councilman councilwoman councilor counselor crew crewman crewmen crewmembers cyclist dancer defendant "
    "delegate delegates dentist detainee detainees diplomat diplomats diver dj doorman dissident dissidents economist editor editors educator educators electrician "
    "elder employee employees employer engineer engineers entrepreneur environmentalist environmentalists evangelist examiner executive executives expert "
    "farmworker farmworkers filmmaker firefighter firefighters fisherman fishermen footballer friar friend friends gardener graduate guide guides handyman hawker "
    "hairdresser herder herders historian hostage hostages housekeeper housewife imam imams industrialist inmate inmates intern interns interpreter investigator investigators "
    "janitor jeweller judges laborer laborers labourer labourers lawyers lecturer lecturers legislator legislators librarian maid maids magistrate "
    "maidservant manager mechanic mechanics merchant merchants messenger midwife migrant migrants missionary missionaries monk monks motorist motorists musician "
    "musicians naturalist newsman newsmen newspaperman notary novelist nomad nuns nutritionist occupant occupants official officials operator organiser organisers organizer organizers "
    "owner owners painter paramedic paramedics parishioner parishioners passenger passengers pastor pastors patient patients patrolman pedestrian pedestrians pensioner "
    "pharmacist photographer photographers photojournalist physician physicians pilgrim pilgrims pilot pilots playwright plumber poet poets politician politicians porter postman "
    "preacher preachers prisoner prisoners producer producers programmer promoter prosecutor prosecutors prostitute psychologist publisher rabbi ranger rangers rector refugee "
    "refugees researcher researchers rector retiree rider riders sailor sailors salesman saleswoman schoolboy schoolboys schoolgirl schoolgirls schoolchildren schoolteacher scientist "
    "scientists secretary secretaries seminarian seminarians servant servants shepherd shopkeeper shopkeepers singer singers sociologist spectator spokesman staffer staffers statesman "
    "surgeon survivor survivors tailor taxi-driver technician technicians tourist tourists trader traders trainee translator traveler travelers traveller travellers "
    "treasurer tutor undergraduate unionist unionists vendor vendors veteran veterans volunteer volunteers voter voters waiter waitress watchman watchmen welder widower worshipper "
    "worshippers writer writers youngster youngsters householder clergy lawmakers politicians mayors governors ministers senators deputies councilmen bishops fathers mothers brothers sisters sons daughters wives husbands "
    "abogada abogadas abogados agricultor agricultora agricultores albanil albaniles ama artesano artesana artista barrendero bibliotecario biologo cantante capataz carpintero "
    "catequista catequistas chacarero chofer choferes cocinera cocinero comerciante comerciantes companero companeros companera concejal concejales conscripto conserje contador costurera creyente cura curas "
    "dibujante dirigenta docente edil electricista empleada empleado empleados empresaria empresario empresarios escolar escolares escritor escritora estibador "
    "exalcalde fotografo fotografa fotoperiodista funcionario funcionaria funcionarios ganadero ganadera ganaderos gestante guardaparque guia habitante habitantes heladero hinca "
    "huelguista ingeniera ingeniero ingenieros internado interno internos jardinero jornalero jornaleros jubilado labrador ladrillero lustrabotas lugareno lugarenos madre madres maestra "
    "maestras mecanico migrante migrantes mototaxista mototaxistas musico nana obrera obstetra operario operarios orfebre padres panadero panadera pasajero pasajera pasajeros pastor pastora pastores peaton "
    "peatones pescador pescadores piloto poeta portero practicante prefecto pregonero presa preso presos prisionero prisioneros psicologa psicologo recolector recluso reclusos "
    "reo reos repartidor reportera reportero reporteros residente residentes rondero ronderos salubrista sastre seminarista sereno sindicalista sindicalistas socorristas taxista taxistas tecnica tecnico tejedora "
    "transportista transportistas turista turistas universitario universitaria universitarios vendedor vendedora vendedores vigilante vigilantes voluntario voluntaria voluntarios zapatero "
    "trabajadoras comunera comuneras pobladora pobladoras dirigentes alcaldes alcalde regidores escolta escoltas guardaespaldas rehen rehenes occiso agraviado agraviada agraviados muchacho muchacha muchachos "
    "muchachito chico chica chicos chicas senor senora senores varon varones"
)
KINSFOLK = words(
    "wife husband fiance fiancee spouse widow widows orphan twin twins cousin cousins aunt uncle nephew niece grandfather grandmother grandson granddaughter grandchildren "
    "stepfather stepson in-law girlfriend boyfriend partner sibling siblings infant infants toddler toddlers newborns kid kids guy guys lady ladies gentleman "
    "esposo esposa marido viuda hijo hija hijas hermana hermanas primo prima primos tio tia abuelo abuela nieto nieta sobrino sobrina cunado cunada suegro suegra novio novia conviviente "
    "pareja bebita criatura infante lactante gemelos mellizos"
)
BELIEVERS = words(
    "catholic catholics jesuits mormon mormons muslim muslims christian christians hindu hindus sikh sikhs dalit dalits jew jews buddhist buddhists evangelical evangelicals communist communists "
    "peasant leftist leftists democrat democrats catolico catolicos evangelico evangelicos musulman musulmanes"
)
NATIONALS = words(
    "american americans argentine argentines argentinian bolivian bolivians brazilian brazilians briton britons british canadian canadians chilean chileans chinese colombian cuban cubans czech dutchman dutchmen "
    "ecuadorian ecuadorians ecuadorean egyptian englishman filipino filipinos french frenchman frenchmen german germans greek guatemalans haitian haitians honduran hondurans indian indians indonesian iranian iranians iraqi iraqis irishman israeli israelis italian italians jamaican "
    "japanese kenyan kenyans korean koreans lebanese libyan mexican mexicans moroccan nicaraguan nicaraguans nigerian nigerians pakistani pakistanis palestinian palestinians panamanian panamanians paraguayan "
    "peruvians pole poles portuguese romanian russian russians salvadorans salvadorean salvadoreans somali somalis soviet soviets spaniard spaniards sudanese swede swiss syrian syrians thai turk turks ugandan ukrainian ukrainians uruguayan uruguayans uyghur uyghurs "
    "venezuelan venezuelans vietnamese yemeni yemenis zimbabwean afghan afghans bangladeshi burmese rohingya kurd kurds tibetan tibetans hazara hazaras mapuche mapuches aymara aymaras quechua quechuas awajun ashaninka "
    "argentino argentinos boliviano boliviana bolivianos brasileno chileno chilenos colombiano colombiana colombianos cubano ecuatoriano ecuatorianos espanol espanola espanoles estadounidense estadounidenses guatemalteco "
    "haitiano haitianos hondureno italiano italianos mexicano mexicanos nicaraguense salvadoreno salvadorenos uruguayo venezolano venezolana venezolanos"
)
ADJECTIVES = frozenset(x for x in NATIONALS | BELIEVERS if not x.endswith(("s", "men"))) | frozenset(
    ["indigenous", "indigena", "indigenas"]
)
"""Words that are people alone ("two Germans", "un boliviano") and only describe before another noun ("Soviet interests")."""
MORE_PEOPLE = OCCUPATIONS | KINSFOLK | BELIEVERS | NATIONALS
