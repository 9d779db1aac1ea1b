"""The survey about playgrounds in English, and a part of it in Arabic.

Dutch text -> (English, Arabic). Arabic is left out where the demo shows what is not translated.
"""

PLAYGROUND = {
    "Hoe ziet uw speelplek eruit?": (
        "What should your playground look like?",
        "كيف تريد أن تكون ساحة اللعب في حيّك؟",
    ),
    "Tien vragen over de speelplek in uw wijk, met foto's van toestellen en een plek op de "
    "kaart.": (
        "Ten questions about the playground in your neighbourhood, with photos of play equipment "
        "and a place on the map.",
        "عشرة أسئلة عن ساحة اللعب في حيّك، مع صور للألعاب ومكان على الخريطة.",
    ),
    "Vul de enquête gerust samen met uw kind in. Zet bij de kaart een punt op de plek die u "
    "bedoelt.": (
        "Feel free to fill in the survey together with your child. On the map, put a point on the "
        "place you mean.",
        "يمكنك ملء الاستبيان مع طفلك. ضع نقطة على الخريطة في المكان الذي تقصده.",
    ),
    "De antwoorden zijn anoniem. Medewerkers van de gemeente lezen ze. De gebiedsmanager beslist. "
    "Wat er met uw inbreng gebeurt, leest u op deze pagina.": (
        "The answers are anonymous. Staff of the municipality read them. The area manager decides. "
        "On this page you can read what happens with your ideas.",
        "",
    ),
    "Welke speelplek bedoelt u?": ("Which playground do you mean?", "أيّ ساحة لعب تقصد؟"),
    "Floriande": ("Floriande", "Floriande"),
    "Overbos": ("Overbos", "Overbos"),
    "Bornholm": ("Bornholm", "Bornholm"),
    "Toolenburg": ("Toolenburg", "Toolenburg"),
    "Getsewoud": ("Getsewoud", "Getsewoud"),
    "Pax": ("Pax", "Pax"),
    "Hoe oud zijn de kinderen voor wie u antwoordt?": (
        "How old are the children you are answering for?",
        "كم عمر الأطفال الذين تجيب عنهم؟",
    ),
    "0 tot en met 3 jaar": ("0 to 3 years", "من 0 إلى 3 سنوات"),
    "4 tot en met 7 jaar": ("4 to 7 years", "من 4 إلى 7 سنوات"),
    "8 tot en met 12 jaar": ("8 to 12 years", "من 8 إلى 12 سنة"),
    "13 jaar en ouder": ("13 years and older", "13 سنة فأكثر"),
    "Hoe vaak komt u op deze speelplek?": (
        "How often do you come to this playground?",
        "كم مرة تأتي إلى ساحة اللعب هذه؟",
    ),
    "Bijna elke dag": ("Almost every day", "كل يوم تقريبًا"),
    "Elke week": ("Every week", "كل أسبوع"),
    "Elke maand": ("Every month", "كل شهر"),
    "Minder vaak": ("Less often", "أقل من ذلك"),
    "Welke toestellen wilt u het liefst?": (
        "Which play equipment would you like best?",
        "ما هي الألعاب التي تفضّلها؟",
    ),
    "Schommel": ("Swing", "أرجوحة"),
    "Glijbaan": ("Slide", "زحليقة"),
    "Wip": ("Seesaw", "لعبة التوازن"),
    "Klimnet": ("Climbing net", "شبكة تسلّق"),
    "Wat mist u nu?": ("What do you miss at the moment?", "ما الذي ينقص الآن؟"),
    "Schaduw": ("Shade", "ظل"),
    "Water om mee te spelen": ("Water to play with", "ماء للعب"),
    "Een bank": ("A bench", "مقعد للجلوس"),
    "Een toestel voor kinderen in een rolstoel": (
        "Play equipment for children in a wheelchair",
        "لعبة للأطفال على كرسي متحرك",
    ),
    "Een hek": ("A fence", "سياج"),
    "Iets anders, namelijk": ("Something else, namely", "شيء آخر، وهو"),
    "Ik mis niets": ("I miss nothing", "لا ينقص شيء"),
    "Waar moet iets nieuws komen?": ("Where should something new come?", ""),
    "Schrijf bij een punt wat daar moet komen. Overslaan mag.": (
        "Write at a point what should come there. You may skip this.",
        "",
    ),
    "Hoe veilig is de weg naar de speelplek?": (
        "How safe is the way to the playground?",
        "ما مدى أمان الطريق إلى ساحة اللعب؟",
    ),
    "heel onveilig": ("very unsafe", "غير آمن أبدًا"),
    "heel veilig": ("very safe", "آمن جدًا"),
    "Wat is nu het leukste daar?": ("What is the best thing there now?", ""),
    "Hebt u een foto van de speelplek?": ("Do you have a photo of the playground?", ""),
    "Zoals van wat kapot is, of van wat juist goed is. Overslaan mag.": (
        "For example of what is broken, or of what is good. You may skip this.",
        "",
    ),
    "Hebt u nog een idee?": ("Do you have another idea?", "هل لديك فكرة أخرى؟"),
}
