"""The words of salutations and closes, in most languages of our data."""

# How a salutation begins; a star stands for any ending.
GREETS = """
hello hi hey hiya dear good greetings hallo guten gruss grussgott sehr liebe lieber servus moin moinmoin tag
werte werter γεια καλησπερα καλημερα χαιρετε χαιρετω αγαπητ* αξιοτιμ* κύριε κυρία κύριοι κυρίες καλο bonjour
bonsoir salut madame monsieur mesdames cher chère chers chères bonne hola buenos buenas buen estimad* muy
querid* buongiorno buonasera buon salve ciao gentil* egregi* spett* spettabile caro cara cari hoi dag beste
geachte goede goedemorgen goedemiddag goedenavond goedendag goeie goeiedag goeiemorgen dzien czesc witam
szanown* hej siema drogi droga drodzy bom boa ola oi prezad* exm* caros buna stimat* salutare draga dragi
здравствуйте здраствуйте добрыи доброе доброго доброи привет уважаем* всем merhaba* selamlar sayın günaydın iyi
herkese sevgili здравеите здрасти здравеи добър добро добра скъпи dobry hezky zdravim ahoj cau vazen* mily mila
hejsan god goddag bästa bäste tja tjena halla kära käre kære kjære kæra bon benvolgut* szia sziasztok udv
udvozlom jo tisztelt kedves dobar pozdrav* postovan* bok zdravo zivjo spostovan* dober terve hei moi hyva hyvaa
tervehdys pershendetje tungjatjeta miredita ckemi вітаю добрии привіт шановн* вітання tere head labas laba
sveiki sveika* gerbiamas gerbiama gerbiami labs labdien cienijam* здраво поштован* добар grüß grüezi góðan sæl
sæll sælir kæri почитуван* bos boas
"""
# Those of them that begin the title of a review as well.
TITLES = """
good bon bonne bom boa boas bos beste bästa bäste goede goeie gute guten buen buenos buenas buon buona bune buna
muy dobry dobar dobro hezky jó hyvä hyvää god iyi доброе добрый доброго доброй добро добър добра καλο head
"""
# The other words of salutations, besides names.
GREETED = """
there all everyone everybody folks team guys sir sirs madam or and to whom it may concern morning afternoon
evening day again zusammen alle allen miteinander an und damen herren herr frau geehrte geehrter abend morgen
gott dich euch leute σας σου σε ολους ολες παιδια φιλοι φιλες και χαρα κυριοι κυριε κυρια μου απογευμα ημερα
βραδυ ομαδα στην a tous toutes et monsieur madame messieurs mesdames journee le la l les equipe dia dias tardes
noches todos todas y senor senores senhor senhores senora giorno sera tutti tutte e ciao signori signora
allemaal iedereen dag middag avond heer mevrouw meneer en mensen dobry wieczor wszystkim panstwo panie pani pan
i ze tarde noite pessoal ziua seara dimineata tuturor buna domnule doamna ден день вечер утро всички на дня
времени суток всем господа коллеги gunler gunaydin aksamlar selamlar arkadaslar hanim bey beyler ve den vsem
vsichni vsechny alla allihop allihopa allesammans morgon kvall napot kivanok estet reggelt mindenki mindenkinek
dan vece svima vsi kolegi paivaa iltaa huomenta kaikille kaikki te gjithe dite mbremje усім вечір ранку päeva
paevast hommikust ohtust koigile visiem diena vakars visi dienu labdien tothom bon bones свима дан вече daginn
kvöld kvöldið öll noites
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
# What stands between names, and before places.
BETWEEN_NAMES = """
aus von from de din από uit z ze di of fra fran из от od iz und and και & et y e en i и
"""
