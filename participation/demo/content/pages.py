"""The home page and the pages of text below it."""

HOME = {
    "title": "Gebiedsplein",
    "heading": "Wat speelt er bij u in de buurt?",
    "intro": "Kies uw gebied en zie wat de gemeente doet en waar u kunt meedenken. Geeft u uw "
    "mening? Dan hoort u wat wij ermee doen.",
    "summary": "De website van de gemeente over uw dorp of wijk: plannen, projecten, enquêtes en "
    "spreekuren.",
    "picture": "panorama",
}
FOOTER = "<p>Liever persoonlijk contact? Bel 0900-1852 of kom langs bij de balie.</p>"

JOIN = {
    "title": "Hoe doet u mee?",
    "slug": "hoe-doet-u-mee",
    "picture": "tafel",
    "summary": "Zo kunt u meepraten over uw dorp of wijk, en zo hoort u wat wij ermee doen.",
    "body": [
        (
            "text",
            "<p>Bij elk plan vertellen wij vooraf dezelfde zes dingen. Zo weet u waar u aan toe "
            "bent.</p><ol><li>Wat wordt er besloten, en door wie?</li><li>Wat staat al "
            "vast?</li><li>Wie merkt er iets van?</li><li>Waar heeft u invloed op, en hoe "
            "ver gaat die?</li><li>Wanneer en hoe kunt u meedoen?</li><li>Hoe hoort u wat er "
            "met uw inbreng is gedaan?</li></ol>",
        ),
        ("heading", {"text": "Hoe ver gaat uw invloed?", "level": "h2"}),
        (
            "table",
            [
                ["Weten", "U krijgt uitleg over wat er gaat gebeuren."],
                ["Meepraten", "U geeft uw mening. Wij leggen uit wat wij ermee doen."],
                ["Advies geven", "Uw advies telt mee. Wijken wij af, dan zeggen wij waarom."],
                ["Samen maken", "U maakt het plan samen met ons."],
                ["Meebeslissen", "U beslist mee, binnen grenzen die vooraf duidelijk zijn."],
            ],
        ),
        ("heading", {"text": "Manieren om mee te doen", "level": "h2"}),
        (
            "text",
            "<ul><li>Vul een enquête in. Dat is anoniem.</li><li>Kom naar een spreekuur, "
            "bijvoorbeeld op de markt van Badhoevedorp.</li><li>Kom naar een informatieavond of "
            "de informatiemarkt in Nieuw-Vennep.</li><li>Praat met uw dorps- of "
            "wijkraad.</li><li>Meld u aan voor de nieuwsbrief van uw gebied.</li></ul>",
        ),
        ("heading", {"text": "Liever zonder internet?", "level": "h2"}),
        (
            "text",
            "<p>Alles wat op deze website kan, kan ook met een medewerker. Bel 0900-1852, stuur "
            "een bericht met WhatsApp of kom langs bij de balie. Wij vullen een enquête graag "
            "samen met u in.</p>",
        ),
        (
            "questions",
            [
                (
                    "Wie leest mijn antwoorden?",
                    "<p>Medewerkers die aan het plan werken. Uw antwoorden zijn anoniem.</p>",
                ),
                (
                    "Wanneer hoor ik iets?",
                    "<p>Bij elke enquête staat een datum. Uiterlijk dan leest u wat er met de "
                    "antwoorden is gedaan.</p>",
                ),
                (
                    "Kan ik zelf iets op de agenda zetten?",
                    "<p>Ja. Vertel het de gebiedsmanager of uw dorps- of wijkraad.</p>",
                ),
            ],
        ),
    ],
}
CONTACT = {
    "title": "Contact",
    "slug": "contact",
    "picture": "markt",
    "summary": "Bel, app, mail of kom langs. U krijgt binnen twee weken antwoord.",
    "channels": True,
    "body": [
        (
            "text",
            "<p>Heeft u een vraag over uw dorp of wijk? Dan helpt uw gebiedsmanager u graag. Wie "
            "dat is, ziet u op de pagina van uw gebied. Voor al het andere belt u "
            "0900-1852.</p>",
        ),
        (
            "notice",
            {
                "kind": "info",
                "text": "<p>Ziet u iets gevaarlijks op straat, zoals een kapotte "
                "lamp of een gat in de weg? Bel ons meteen.</p>",
            },
        ),
    ],
}
ACCESSIBILITY = {
    "title": "Toegankelijkheid",
    "slug": "toegankelijkheid",
    "summary": "Deze website is er voor iedereen. Hier leest u wat wij daarvoor doen en wat u kunt "
    "doen als iets niet werkt.",
    "body": [
        (
            "text",
            "<p>De gemeente Haarlemmermeer wil dat iedereen deze website kan gebruiken. Ook als u "
            "slecht ziet of hoort, een toetsenbord gebruikt in plaats van een muis, of moeite "
            "heeft met lezen. Deze verklaring geldt voor Gebiedsplein.</p>",
        ),
        ("heading", {"text": "Hoe toegankelijk is deze website?", "level": "h2"}),
        (
            "text",
            "<p>Wij bouwen volgens de Europese norm EN 301 549. Die vraagt om de regels van WCAG "
            "2.1, niveau A en AA. Wij gaan uit van de nieuwere regels van WCAG 2.2. Dit is een "
            "voorbeeldsite: er is nog geen onafhankelijk onderzoek gedaan. De status is daarom: "
            "<b>eerste maatregelen genomen</b>.</p>",
        ),
        ("heading", {"text": "Wat wij doen", "level": "h2"}),
        (
            "text",
            "<ul><li>Elke pagina wordt bij elke wijziging automatisch getest, op een klein en een "
            "groot scherm.</li><li>Alles werkt met het toetsenbord en zonder "
            "JavaScript.</li><li>Alles wat op de kaart staat, staat ook in een "
            "lijst.</li><li>Wij schrijven in gewone taal.</li><li>Redacteuren leren hoe zij "
            "foto's beschrijven en tekst indelen.</li></ul>",
        ),
        ("heading", {"text": "Wat nog niet goed gaat", "level": "h2"}),
        (
            "text",
            "<p>De kaart zelf is niet te horen met een schermlezer. De lijst ernaast vertelt "
            "hetzelfde. Documenten van anderen zijn soms niet goed leesbaar met hulpmiddelen. "
            "Vraag ons dan om een andere vorm.</p>",
        ),
        ("heading", {"text": "Lukt iets niet?", "level": "h2"}),
        (
            "text",
            "<p>Laat het ons weten. Bel 0900-1852 of mail naar "
            '<a href="mailto:toegankelijk@example.nl">toegankelijk@example.nl</a>. Vertel op '
            "welke pagina u was, wat u wilde doen en wat er gebeurde. Binnen vijf werkdagen "
            "hoort u dat wij uw bericht hebben. Binnen drie weken hoort u wat wij "
            "doen.</p><p>Bent u niet tevreden met ons antwoord? Dan kunt u een klacht "
            "indienen bij de Nationale ombudsman.</p>",
        ),
        ("text", "<p>Deze verklaring is voor het laatst bekeken op {today}.</p>"),
    ],
}
PRIVACY = {
    "title": "Privacy",
    "slug": "privacy",
    "summary": "Wat wij van u weten, waarom, hoe lang, en wat u daarover te zeggen heeft.",
    "body": [
        (
            "text",
            "<p>Op deze website vragen wij zo weinig mogelijk van u. Wat u niet hoeft te zeggen, "
            "vragen wij niet.</p>",
        ),
        ("heading", {"text": "Als u rondkijkt", "level": "h2"}),
        (
            "text",
            "<p>Wij houden niet bij wie u bent of wat u bekijkt. Er zijn geen volgcookies en geen "
            "meetprogramma's van anderen. Alleen als u een formulier invult, zet de website een "
            "cookie dat misbruik voorkomt. Dat verdwijnt als u uw browser sluit.</p><p>De "
            "achtergrond van de kaart komt van PDOK, de kaartendienst van de overheid. Uw "
            "browser vraagt daar plaatjes op.</p>",
        ),
        ("heading", {"text": "Als u een enquête invult", "level": "h2"}),
        (
            "text",
            "<p>Uw antwoorden zijn anoniem. Wij bewaren geen naam, geen internetadres en geen "
            "tijdstip, alleen de dag. Vul daarom geen namen of telefoonnummers in bij open "
            "vragen.</p>",
        ),
        ("heading", {"text": "Als u zich aanmeldt voor een nieuwsbrief", "level": "h2"}),
        (
            "text",
            "<p>Wij bewaren uw e-mailadres, de gebieden die u koos en wanneer u toestemming gaf. "
            "Wij gebruiken dat alleen voor de nieuwsbrief. U kunt zich met één klik afmelden. "
            "Dan sturen wij u niets meer.</p>",
        ),
        ("heading", {"text": "Uw rechten", "level": "h2"}),
        (
            "text",
            "<p>U mag vragen welke gegevens wij van u hebben en of wij die willen verbeteren of "
            "verwijderen. Mail naar "
            '<a href="mailto:privacy@example.nl">privacy@example.nl</a> of bel 0900-1852. U '
            "krijgt binnen een maand antwoord. Bent u het niet eens met ons antwoord? Dan kunt "
            "u naar de Autoriteit Persoonsgegevens.</p>",
        ),
    ],
}
PAGES = [JOIN, CONTACT, ACCESSIBILITY, PRIVACY]
