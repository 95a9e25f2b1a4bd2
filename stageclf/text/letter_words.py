"""The words of salutations and closes, in most languages of our data."""

# How a salutation begins; a star stands for any ending.
GREETS = """
hello hi hey hiya dear good greetings hallo guten gruss grussgott sehr liebe lieber servus moin moinmoin tag
werte werter γεια καλησπερα καλημερα χαιρετε χαιρετω αγαπητ* αξιοτιμ* κύριε κυρία κύριοι κυρίες καλο bonjour
bonsoir salut madame monsieur mesdames cher chère chers chères bonne hola buenos buenas buen estimad* muy
querid* buongiorno buonasera buon salve ciao gentil* egregi* spett* spettabile caro cara cari hoi dag beste
geachte goede goedemorgen goedemiddag goedenavond goedendag goeie goeiedag goeiemorgen dzien czesc witam
szanown* hej siema drogi droga drodzy bom boa ola oi prezad* caro exm* caros ola buna salut stimat* salutare
draga dragi здравствуйте здраствуйте добрыи доброе доброго доброи привет уважаем* всем merhaba* selamlar sayın
günaydın iyi herkese sevgili здравеите здрасти здравеи добър добро добра скъпи dobry hezky zdravim ahoj cau
vazen* mily mila hejsan god goddag bästa bäste tja tjena halla kära käre kære kjære kæra hola bon benvolgut*
szia sziasztok udv udvozlom jo tisztelt kedves dobar pozdrav* postovan* bok zdravo zivjo spostovan* dober terve
hei moi hyva hyvaa tervehdys pershendetje tungjatjeta miredita ckemi вітаю добрии привіт шановн* вітання tere
head labas laba sveiki sveika* gerbiamas gerbiama gerbiami labs labdien cienijam* zdravo ciao здраво поштован*
добар grüß gruß grüezi góðan sæl sæll sælir kæri kæra почитуван* bos boas
"""
# The other words of salutations, besides names.
GREETED = """
there all everyone everybody folks team guys sir sirs madam or and to whom it may concern morning afternoon
evening day again zusammen alle allen miteinander an und damen herren herr frau geehrte geehrter abend morgen
gott dich euch team leute σας σου σε ολους ολες παιδια φιλοι φιλες και χαρα κυριοι κυριε κυρια μου απογευμα
ημερα βραδυ ομαδα στην a à tous toutes et monsieur madame messieurs mesdames journee le la l les equipe dia dias
tardes noches todos todas y senor senores senhor senhores senora giorno sera tutti tutte a e ciao team signori
signora allemaal iedereen dag morgen middag avond heer mevrouw meneer en mensen dobry wieczor wszystkim panstwo
panie pani pan i ze tarde noite todos pessoal ziua seara dimineata tuturor buna domnule doamna ден день вечер
утро всички на дня времени суток всем господа коллеги gunler gunaydin aksamlar selamlar arkadaslar hanim bey
beyler ve den vsem vsichni vsechny pani alla allihop allihopa allesammans dag morgon kvall napot napot kivanok
estet reggelt mindenki mindenkinek dan vece svima vsem vsi kolegi paivaa iltaa huomenta kaikille kaikki te
gjithe dite mbremje день усім вечір ранку päeva paevast hommikust ohtust koigile visiem diena vakars dien* visi
diena dienu labdien tothom bon dia bones свима дан вече вечер daginn kvöld kvöldið öll días noites tardes
"""
# Closes besides those that `clean` knows.
CLOSES = """
take care, have a nice day, have a good one, talk soon, yours, best to you all, schönen tag noch, schönes
wochenende, bis bald, bis dann, einen schönen tag noch, καλή σας ημέρα, καλή σας μέρα, καλό απόγευμα, καλό
βράδυ, τα λέμε, φιλιά, bonne soirée, à bientôt, belle journée, bien amicalement, que tenga buen día, hasta
pronto, besos, un abrazo, buona giornata, buona serata, un abbraccio, hartelijke groeten, hartelijke groet,
fijne dag, fijne dag nog, groetjes, tot snel, miłego dnia, serdeczności, pozdro, até breve, abraços, boa semana,
bom trabalho, o seară frumoasă, numai bine, mulțumesc anticipat, хубав ден, приятен ден, лек ден, лека вечер,
благодаря предварително, хорошего дня, заранее спасибо, до свидания, iyi günler dilerim, hoşça kalın, kolay
gelsin, saygılar, ha en fin dag, ha det bra, allt gott, hej då, přeji hezký den, děkuji předem, mějte se, s
prianím pekného dňa, hezký zbytek dne, lep dan, lijep dan, hvala unaprijed, god dag videre, ha en fin dag
videre, ha det godt, de bedste ønsker, hyvää päivänjatkoa, mukavaa päivää, szép napot, további szép napot,
minden jót, geros dienos, gražios dienos, jauku dienu, ilusat päeva, ditë të mbarë, гарного дня, всього
найкращого, пријатан дан, salutacions cordials, fins aviat, kveðja, bestu kveðjur, með kveðju, со почит,
поздрав, срдачен поздрав, saúdos, un saúdo, grazas
"""
