"""Function words of Dutch, which say nothing about a subject; folded, three letters or more.

Articles, pronouns, prepositions, conjunctions, auxiliary verbs and adverbs of degree, place and
time. Words of shorter length are left out by themselves.
"""

STOP_WORDS = frozenset(
    """
    aan aangaande aangezien achter afgelopen aldaar aldus alhoewel alias alle allebei alleen
    allemaal alles als alsnog alsof altijd altoos ander andere anderen anders anderszins beetje
    behalve beide beiden ben beneden bent bepaald beter betreffende bij bijna bijv binnen binnenin
    blijkbaar boven bovenal bovendien bovenop buiten circa daar daarbij daardoor daarheen daarin
    daarmee daarna daarnaast daarom daarop daarover daarvan daarvoor dan dat den der des
    desondanks deze dezelfde die dien dikwijls dit doch doen doet door doordat dus echt echter een
    eens eerst eerste eigen eigenlijk elk elkaar elke enige enkel enkele enzovoort erbij erdoor
    erg ergens erin ermee erop erover eruit ervan ervoor etc even eveneens evenwel gaan gaat
    gedurende geen gegeven gehad gekund geleden gemaakt gemoeten genoeg geweest gewoon gewoonweg
    geworden ging graag haar haast had hadden hare heb hebben hebt heeft heel hele helemaal hem
    hen her het hier hierbij hierin hiervoor hij hoe hoeveel hoewel hoogst hun ieder iedere
    iedereen iemand iets immers inclusief inderdaad indien intussen inzake jij jou jouw juist
    jullie kan komen komt kon konden krachtens kunnen kunt laat laatst langs laten later liever
    maak maakt maar mag maken mede mee meer meerdere meest meestal men met mezelf middels mij mijn
    mijzelf min minder misschien mocht mochten moest moesten moet moeten mogelijk mogen naar naast
    nadat natuurlijk nee neem net niemand niet niets noch nodig nog nogal nooit nou nul ofschoon
    omdat omhoog omlaag omstreeks omtrent omver ondanks onder ondertussen ongeveer ons onszelf
    onze ook opnieuw over overal overigens pas per precies reeds rond rondom samen sinds sindsdien
    slechts sommige soms staan staat steeds tamelijk tegen telkens ten tenminste tenzij ter terug
    terwijl tijdens toch toe toen tot totdat tussen uit uitsluitend uzelf vaak vaker van vanaf
    vandaan vanuit vanwege veel veeleer vele verder vervolgens via vind vinden vindt volgens voor
    vooral vooralsnog voordat voorheen voorop vooruit waar waarbij waardoor waarin waarmee waarom
    waaronder waarop waarvan waarvoor wanneer want waren was wat wederom weer weet wegens
    weinig wel weldra welk welke werd werden wezen wie wiens wij wil willen wilt word worden wordt
    wou zal zeer zeg zeker zelf zelfs zich zichzelf zie zien ziet zij zijn zijne zit zitten zoals
    zodat zodra zonder zou zouden zowat zowel zulke zullen zult
    """.split()  # noqa: SIM905
)
