# ruff: noqa: E501
"""What automatic mails say, by language, as regular expressions on text in small letters without accents."""

from __future__ import annotations

# A subject that begins like this, and then ends or goes on after a colon or a dash, is an automatic reply.
AUTO_SUBJECTS = """
automatic (?:reply|response|answer)|auto(?=:)|auto[ -]?(?:reply|response|responder|resp)|automated (?:reply|response|message)
out of (?:the )?office(?: auto[ -]?reply| reply| notification| message)?|ooo|away from (?:my )?(?:desk|mail|the office)
vacation (?:reply|message|notice)
automatische (?:antwort|ruckantwort|antwortmail|nachricht|e-?mail|ruckmeldung|eingangsbestatigung|abwesenheitsnotiz)
abwesenheits(?:notiz|nachricht|meldung|assistent|info|hinweis|mail)
urlaubs(?:abwesenheit|notiz)|autom\\. antwort|autoreply|auto-antwort
αυτοματη (?:απαντηση|απαντ)|αυτοματο μηνυμα|απουσια (?:απο το γραφειο|λογω αδειας)
μηνυμα απουσιας|ειδοποιηση απουσιας|αυτοματοποιημενη απαντηση|αυτοματοποιημενο μηνυμα
reponse automatique|message automatique|reponse automatisee|absence du bureau
message d'absence|notification d'absence|avis d'absence
respuesta automatica|fuera de (?:la )?oficina|mensaje automatico|auto-?respuesta
risposta automatica|fuori (?:sede|ufficio)|assenza dall'ufficio|messaggio automatico
automatisch antwoord|automatische (?:reactie|beantwoording)|afwezigheidsbericht
resposta automatica|fora do escritorio|ausencia temporaria|mensagem automatica
odpowiedz automatyczna|automatyczna odpowiedz|autoodpowiedz|poza biurem
raspuns automat|mesaj automat|absent(?:a)? din birou
автоматичен отговор|автоматично съобщение|извън офиса
автоматический ответ|автоответ|автоматическое уведомление|вне офиса
otomatik (?:yanit|cevap)|ofis disinda(?:yim)?|otomatik mesaj
automatiskt svar|autosvar|franvaromeddelande|automatisk svar|fravaersmeddelelse
automaattinen vastaus|poissaoloviesti|automatikus valasz|automaticka odpoved|mimo kancelar
samodejni odgovor|automatski odgovor|izvan ureda|automatinis atsakymas
автоматична вiдповiдь|автоматична відповідь|автовідповідь|pergjigje automatike|automatiska atbilde|automaatvastus
"""

# A subject that may be a customer's, too: it counts where the text says until when, or whom to turn to.
AWAY_SUBJECTS = """
on (?:vacation|holiday|annual leave|parental leave|leave)|i am out of (?:the )?office
abwesenheit|(?:ich bin )?(?:abwesend|nicht im (?:buro|haus))|im urlaub|urlaubs(?:vertretung|meldung)|betriebsferien
(?:ειμαι )?εκτος γραφειου|(?:ειμαι )?σε αδεια|απουσιαζω|απουσια
absen(?:t|te|ce)|(?:en )?conges?|je suis absente?
ausencia|de vacaciones|assenza|in ferie|afwezig(?:heid)?|niet aanwezig|ausente
nieobecnosc|jestem na urlopie|in concediu|отсъствие|отсъствам|нет на месте|(?:я )?в отпуске
izindeyim|franvaro|fravaer|fravær|ikke til stede|poissa|hazon kivul|nepritomnost|odsoten|odsotnost|odsutan
"""

# Here it counts where the text says that something was registered.
RECEIVED_SUBJECTS = """
eingangsbestatigung(?: \\S+){0,3}|επιβεβαιωση ληψης(?: \\S+){0,3}|accuse de reception(?: \\S+){0,3}|(?:ticket|case|request) #?\\S+ (?:received|created)
"""
RECEIVED_DETAILS = """
registriert|erfasst|bearbeitet|vorgangsnummer|ticket|schnellstmoglich|innerhalb|registered|reviewed|reference|enregistree?|numero|traitee?|delais|καταχωρ|αριθμο|συντομο|αιτημα
"""

BOUNCE_SUBJECTS = """
undeliverable|undelivered(?: mail)?(?: returned to sender)?|mail delivery (?:failed|failure|subsystem|system|error|status)
delivery status notification|delivery (?:has )?(?:failed|failure|delayed|report|problem)|failure notice|failed delivery
returned mail|mail system error|message (?:delivery (?:failure|delayed)|not delivered|could not be delivered|undeliverable)
could not deliver|non[ -]?delivery (?:report|notification)|warning: (?:could not send|message \\S+ delayed)|delayed(?: mail)?|postmaster notify
unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|unzustellbare (?:nachricht|mail)|zustellungs(?:fehler|bericht|status)
(?:ihre )?(?:e-?mail|nachricht) (?:konnte )?nicht zugestellt|mailzustellung fehlgeschlagen|benachrichtigung zum ubermittlungsstatus
μη παραδοτεο|αδυναμια (?:παραδοσης|αποστολης)|αποτυχια (?:παραδοσης|αποστολης)|δεν ειναι δυνατη η παραδοση|το μηνυμα δεν παραδοθηκε
ειδοποιηση (?:καταστασης|αποτυχιας) παραδοσης|ανεπιδοτο|δεν παραδοθηκε|η παραδοση απετυχε
non (?:remis|distribuable|delivre)|echec (?:de (?:la )?)?(?:remise|distribution|livraison|l'envoi)|message non (?:distribue|delivre|remis)|non distribuable
notification d'etat de remise|undelivered|courrier non remis|avis de non-remise
no se puede entregar|no entregado|no se ha podido entregar|error en la entrega|fallo en la entrega|correo devuelto
recapito non riuscito|mancato recapito|messaggio non recapitato|impossibile recapitare|consegna fallita|non recapitabile
niet te bezorgen|onbestelbaar|bezorging mislukt|niet afgeleverd
nao foi possivel entregar|falha na entrega|nao entregue|mensagem nao entregue
nie mozna dostarczyc|niedostarczon[aey]|blad dostarczania
nelivrat|livrare esuata|imposibil de livrat|недоставен[оа]|неуспешна доставка|не може да бъде доставен[оа]
недоставлен[оа]|не доставлен[оа]|сообщение не доставлено|невозможно доставить|ошибка доставки
teslim edilemedi|iletilemedi|kunde inte levereras|olevererbart|gick inte att leverera|kunne ikke leveres|kan ikke leveres
ei voitu toimittaa|toimittaminen epaonnistui|kezbesithetetlen|sikertelen kezbesites|nedorucitelne|nedoruceno|nelze dorucit
nedorucitelna|isporuka nije uspjela|neisporuceno|ni mogoce dostaviti|nepristatyta|не вдалося доставити
"""

# A subject of a bounce that speaks of mail, not of parcels; the others need a text that does so.
MAIL_WORDS = """
mail (?:delivery|system)|undelivered mail|delayed mail|message|delivery (?:status|has failed)|failure notice|notify|zustellungs|ubermittlung|e-?mail|nachricht|μηνυμα
ειδοποιηση|courrier|notification|mensaje|correo|messaggio|mensagem|сообщение
"""
BOUNCE_DETAILS = """
\\b(?:recipients?|mailbox|mail (?:system|server|delivery)|permanent (?:fatal )?errors?|following address|delivery has failed|awaiting delivery|could not be delivered to)\\b|\\b[45]\\.\\d\\.\\d{1,2}\\b|\\b55[0-9][ -]
empfanger|nachricht\\w* (?:konnte|wurde|hat)|nachrichtenzustellung|postfach|zugestellt werden|mailserver
παραληπτ\\w+ η ομαδ|η παραδοση (?:προσ|απετυχε|σε|του μηνυματος)|μηνυμα (?:σας |σου )?δεν παραδοθηκε|δεν ηταν δυνατ\\w+ η παραδοση|το μηνυμα
destinataires?|message (?:n'a|suivant|a \\S+ n'a)|remettre (?:votre|le) message|boite aux lettres
destinatario|messaggio|mensaje|buzon|casella|ontvanger|bericht|adresat|wiadomosc|destinatar|mesaj|получател|съобщение|адресат|сообщени|письмо|одержувач|alici|ileti|mottagar|modtager|mottaker|meddeland|meddelelse|vastaanotta|viesti|cimzett|uzenet|prijemce|zpravu|primatelj|poruk|prejemnik|gavej|sanem
"""

# Subjects of read receipts, and what their texts say; a person may begin a subject like this, too.
RECEIPT_SUBJECTS = """
read|not read|gelesen|ungelesen geloscht|διαβαστηκε|αναγνωστηκε|lu|leido|letto|gelezen|lida?|przeczytano|citit
прочетено|прочитано|okundu
"""
RECEIPT_TEXTS = """
\\bwas read\\b|without being read|wurde (?:\\S+ ){0,6}?gelesen|διαβαστηκε|αναγνωστηκε|a ete lu|se ha leido|e stat[ao] lett[ao]
is gelezen|zostala przeczytana|a fost citit|прочетено|прочитано|okundu
"""

# Sentences that an automatic reply says of itself; a mail with one at the beginning of a line or sentence is one.
SAYS_AUTOMATIC = """
this is an? (?:auto[ -]?(?:matic(?:ally)?(?: generated)?|mated|generated)|auto-?reply)[^.\\n]{0,40}(?:reply|response|message|e-?mail|answer|notification|acknowledg\\w+)?
(?:this|your) (?:message|e-?mail) (?:was|has been|is) (?:automatically )?(?:auto-?)?(?:generated|sent) (?:automatically|by (?:a|an|our|the) \\w*\\s?system)
this (?:message|e-?mail|mailbox) (?:was|has been|is) (?:an )?(?:automatically|auto-?)[ -]?(?:generated|sent)
please do not (?:reply|respond) to this (?:automated |automatic )?(?:e-?mail|message)
do not reply to this (?:automated |automatic )?(?:e-?mail|message)
(?:to add additional comments, reply to this|your request \\S+ has been (?:received|updated))
dies(?:e (?:e-?mail|nachricht|antwort|mail)|es (?:ist|schreiben))? (?:ist )?(?:eine? )?(?:wurde )?(?:eine? )?(?:automatisch|maschinell) ?(?:e|er|es)? ?(?:erstellt|generiert|erzeugt|versand|versendet|verschickt|antwort|ruckantwort|e-?mail|nachricht|eingangsbestatigung|abwesenheitsnotiz)\\w*
(?:bitte )?antworten sie (?:bitte )?nicht (?:direkt )?auf diese (?:e-?mail|nachricht|mail)
(?:αυτο ειναι|το παρον ειναι|αυτη ειναι|προκειται για|το μηνυμα αυτο ειναι) (?:ενα |μια |ενα )?αυτοματ\\w+[^.\\n]{0,30}(?:μηνυμα|απαντηση|e-?mail|ειδοποιηση)?
(?:το παρον|αυτο το|το) (?:μηνυμα|e-?mail|email)(?: αυτο)? (?:εχει )?(?:σταλθηκε|σταλει|αποσταλθηκε|αποσταλει|δημιουργηθηκε|παραχθηκε|εσταλη|απεσταλη) (?:με )?αυτοματ\\w+
παρακαλ(?:ω|ουμε) (?:να )?μην? απαντ(?:ατε|ησετε) (?:σε αυτο το|στο παρον|σ' αυτο το) (?:μηνυμα|e-?mail|email)
(?:ceci est|il s'agit d'|ce (?:message|courriel|mail) est) ?une? ?(?:message|reponse|courriel|e-?mail|mail)? ?(?:genere |envoye )?automati\\w+
cet? (?:message|courriel|mail|e-?mail) (?:a ete |est )?(?:genere|envoye|cree) automatiquement
(?:merci de |priere de |veuillez )?ne pas (?:y )?repondre (?:a cet? (?:message|courriel|mail|e-?mail)|directement)
este (?:es un )?(?:mensaje|correo)(?: electronico)? (?:es |ha sido |se ha |fue )?(?:generad[oa] |enviad[oa] )?automatic\\w+
(?:questa|questo) (?:e un[ao']? ?)?(?:risposta|messaggio|e-?mail|mail) (?:e (?:stat[ao] )?)?(?:generat[ao] |inviat[ao] )?automatic\\w+
dit is een automatisch[^.\\n]{0,30}(?:bericht|antwoord|e-?mail)
esta? (?:e )?uma? (?:mensagem|resposta) automatica
to jest (?:wiadomosc|odpowiedz) (?:wygenerowana )?automatyczn\\w+|(?:ta )?wiadomosc zostala wygenerowana automatycznie
acest(?:a)? (?:este un )?(?:mesaj|e-?mail)[^.\\n]{0,20}automat
това е автоматич\\w+|настоящото съобщение е (?:генерирано )?автоматично
это автоматическ\\w+|(?:данное|это) (?:письмо|сообщение) (?:было )?(?:создано|сформировано|отправлено) автоматически
bu (?:bir )?otomatik|bu (?:ileti|e-?posta|mesaj) otomatik
detta ar ett (?:auto\\w*)|dette er (?:en|et) auto\\w+|tama on automaattinen|ez egy automatikus|toto je automatick[ay]|ovo je automatsk[ai]|to je samodejn[oi]|tai automatinis|це автоматичн\\w+
"""

# That the writer is away just now.
ABSENT = """
i(?: a|')m (?:currently |presently |now )?(?:out of (?:the )?(?:office|town|country)|away(?: from (?:my desk|the office))?|on (?:annual |parental |maternity |sick |paternity )?(?:leave|vacation|holidays?)|not in the office|travell?ing)
i will be (?:out of (?:the )?office|away|on (?:annual )?(?:leave|vacation|holidays?))|(?:currently|presently) out of (?:the )?office
(?:please note that )?(?:the|our) offices? (?:is|are|will be) closed|we are (?:currently )?closed (?:for|until|from|over)|i (?:have left|no longer work|am no longer (?:with|working))|(?:\\S+ ){1,3}?(?:no longer works|is no longer (?:employed|with))
ich bin (?:\\S+ ){0,9}?(?:nicht (?:im (?:buro|haus|dienst)|erreichbar|am platz)|abwesend|ausser haus|außer haus|im urlaub|in (?:elternzeit|urlaub|mutterschutz)|auf (?:dienstreise|geschaftsreise)|krank)|wir sind (?:\\S+ ){0,5}?(?:nicht (?:im|erreichbar)|im urlaub|in urlaub|geschlossen|im betriebsurlaub)
(?:derzeit|zurzeit|momentan|zur zeit|aktuell) (?:\\w+ ){0,3}?(?:nicht (?:im buro|erreichbar|im haus)|abwesend|im urlaub|ausser haus)|befinde mich (?:\\S+ ){0,6}?(?:im urlaub|auf)
(?:unsere?|das|mein|die|meine) (?:buros?|betrieb|geschaft|praxis|kanzlei|firma|werkstatt|laden|hotel|restaurant|zentrale|verwaltung) (?:ist|bleibt|sind|bleiben) (?:\\S+ ){0,6}?geschlossen|wir haben betriebsferien
(?:wegen|aufgrund|vom|von|am|ab|in der zeit) [^\\n]{3,60}?(?:(?:ist|bleibt|sind|bleiben) (?:unsere?|das|die) \\w+ (?:\\S+ ){0,8}?geschlossen|(?:sind wir|bin ich) (?:\\S+ ){0,5}?(?:wieder|nicht|abwesend))
ich (?:genieße|geniesse|verbringe) (?:\\S+ ){0,3}?urlaub|(?:frau|herr) (?:\\S+ ){1,2}?ist nicht (?:mehr|langer) (?:\\S+ ){0,4}?(?:tatig|beschaftigt)|ich (?:bin|arbeite) nicht mehr (?:bei|fur|in)
(?:ειμαι|βρισκομαι|θα ειμαι|θα βρισκομαι) (?:\\S+ ){0,3}?(?:εκτος (?:του )?γραφειου|σε (?:\\S+ )?αδεια|εκτος|μακρια απο το γραφειο|σε διακοπες)|απουσιαζω|θα απουσιαζω|λειπω (?:απο το γραφειο|σε αδεια)|απουσια μου
(?:αυτη την περιοδο|αυτη τη στιγμη|προς το παρον|το διαστημα αυτο) (?:δεν )?(?:ειμαι|βρισκομαι) (?:\\S+ ){0,2}?(?:εκτος|στο γραφειο|σε (?:\\S+ )?αδεια)|(?:δεν εργαζομαι|δεν απασχολουμαι|εχω αποχωρησει) (?:πλεον|απο)|(?:ο|η) κ\\S* \\S+ δεν εργαζεται πλεον
(?:το γραφειο|τα γραφεια|το καταστημα|η εταιρεια|η επιχειρηση|το ιατρειο|το εργαστηριο|το φαρμακειο|ο χωρος|το ξενοδοχειο|το μαγαζι|η αποθηκη)(?: μας)? (?:ειναι|θα ειναι|θα παραμεινει|παραμενει|θα παραμεινουν|παραμενουν) (?:\\S+ ){0,2}?κλειστ\\w+
je suis (?:\\w+ ){0,3}?(?:absente?|en (?:conges?|vacances|deplacement|deplacements)|hors du bureau)|je serai (?:\\w+ ){0,2}?(?:absente?|en (?:conges?|vacances))|actuellement (?:absente?|en conges?)|votre (?:interlocut\\w+|conseill\\w+|contact) (?:est|sera) (?:\\w+ )?absente?|(?:notre|nos|le|les|la) (?:bureaux?|locaux|magasins?|agence|cabinet|secretariat|hotel|restaurant|boutique|etablissement|gite|camping|atelier) (?:est|sont|sera|seront) fermee?s?|en (?:conges?|arret|deplacement) [^.\\n]{0,40}je (?:n'ai|ne suis)|je ne (?:fais plus partie|travaille plus)|(?:mme|m\\.|mr|madame|monsieur) \\S+ ne (?:fait plus partie|travaille plus)
(?:estoy|estare|me encuentro) (?:\\w+ ){0,2}?(?:fuera de (?:la )?oficina|de vacaciones|ausente|de baja)|(?:sono|saro) (?:\\w+ ){0,2}?(?:fuori (?:sede|ufficio)|in ferie|assente)
ik ben (?:\\w+ ){0,3}?(?:niet (?:aanwezig|op kantoor)|afwezig|met vakantie|op vakantie)|(?:estou|estarei) (?:\\w+ ){0,2}?(?:fora do escritorio|de ferias|ausente)
(?:jestem|przebywam|bede) (?:\\w+ ){0,2}?(?:nieobecn[ya]|na urlopie|poza biurem)|(?:sunt|voi fi) (?:\\w+ ){0,2}?(?:plecat[a]? din birou|in concediu|absent)
(?:в момента )?(?:съм|отсъствам) (?:\\w+ ){0,2}?(?:в отпуск|извън офиса|от офиса)|(?:я )?(?:нахожусь|сеичас|сейчас|буду) (?:\\w+ ){0,2}?(?:в отпуске|вне офиса|отсутствую|в командировке)
(?:ofis disinda|izinde|yillik izinde)\\w*|jag (?:ar|har) (?:\\w+ ){0,2}?(?:inte pa kontoret|semester|ledig|franvarande)|jeg (?:er|har|holder) (?:\\w+ ){0,2}?(?:ikke pa kontoret|ferie|fravaerende)
olen (?:\\w+ ){0,2}?(?:poissa|lomalla)|(?:jsem|budu|som) (?:\\w+ ){0,2}?(?:mimo kancelar|na dovolene|nepritom)|(?:szabadsagon|hazon kivul) vagyok|(?:nisam|nisem|sam|sem) (?:\\w+ ){0,2}?(?:u uredu|v pisarni|na godisnjem|na dopustu|odsot)
"""

# What a person asks for.
REQUESTS = """
(?<!you )\\bwould like to (?!thank)|\\bσκεφτομαι να\\b
\\b(?:could|can|would) you\\b|\\bplease (?:deliver|call (?:me|my)|come|change|cancel|confirm|explain|advise|postpone)\\b|\\bi (?:need|want|would like to (?:order|know|have|buy|book|take))\\b
(?:^|[.!?,] |\\bund |\\bwann |\\bwie )(?:bitte )?konnen sie\\b|\\b(?:konnten|wurden) sie\\b|bitte (?:liefern|schicken|rufen sie mich|kommen|verschieben|bestatigen|um)\\b|\\b(?:ich|wir) (?:brauche|benotige|bitte)n?\\b|\\bich mochte (?:\\S+ ){0,4}?(?:bestellen|kaufen|wissen|buchen)
\\b(?:my|our) (?:order|parcel|package|invoice|contract|account|husband|wife|son|daughter|neighbou?r)\\b|\\b(?:mein|unser)e?[mnrs]? (?:paket|bestellung|vertrag|konto|mann|frau|sohn|tochter|nachbar\\w*)\\b
(?:το δεμα|η παραγγελια|την παραγγελια|το συμβολαιο|ο αντρας|η γυναικα|ο γιος|ο γειτονας)(?: μου| μας)|\\b(?:mon|ma|notre|nos|mes) (?:colis|commande|contrat|compte|mari|femme|fils|fille|voisine?s?|facture)\\b
μπορειτε να (?:μου|μας|ερθ|στειλ|παραδ)|(?<!παρακαλουμε )\\b(?:στειλτε|ελατε|φερτε)\\b|\\b(?:θελω|θελουμε|χρειαζομαι)\\b|παρακαλω να
(?:pouvez|pourriez)[- ]vous|\\bje (?:voudrais|souhaite|desire)\\b|\\bmerci de (?:me|nous(?! avoir)|livrer|passer)\\b|\\b(?:passez|livrez|rappelez)\\b
"""

# What goes with an absence in an automatic reply: until when, who stands in, that mail will be answered later.
AWAY_DETAILS = """
\\b(?:until|till|through|returning|return(?:ing)? (?:to the office )?on|back (?:in the office )?on|limited access|no access to (?:my )?e-?mail|(?:direct|address|forward|resend|send) your (?:message|e-?mail|enquir\\w+|inquir\\w+|request)|when we return|on our return|(?:on|upon) my return|will (?:respond|reply|answer|get back)|in urgent (?:cases|matters)|for urgent|if (?:it is|this is|your (?:matter|request) is) urgent|please contact|your (?:e-?mail|message) (?:will not|is not being) (?:be )?forwarded|thank you for your (?:e-?mail|message|mail|enquiry))
(?:bis (?:zum|einschliesslich|einschließlich|voraussichtlich)|ab dem|wieder (?:erreichbar|da|im buro|fur sie)|zuruck|in dringenden (?:fallen|angelegenheiten)|bei dringenden|wenden sie sich|nicht (?:automatisch )?weitergeleitet|werde (?:ich )?(?:ihre|deine) (?:nachricht|e-?mail|mail)|vielen dank fur (?:ihre|deine) (?:nachricht|e-?mail|mail)|meine vertretung|keinen zugriff|in notfallen|(?:die )?vertretung (?:ubernimmt|durch)|wieder fur sie|lese (?:ich )?(?:ihre|deine)|erst (?:morgen|am montag|wieder)|an meine kolleg)
(?:εως|μεχρι|και θα επιστρεψω|θα επιστρεψω|επιστρεφω|για (?:οτιδηποτε )?επειγον|σε (?:επειγουσα|επειγουσες)|για επειγοντα|μπορειτε να (?:επικοινωνησετε|απευθυνθειτε)|παρακαλω επικοινωνηστε|θα (?:σας )?απαντησω|ευχαριστω για το (?:μηνυμα|e-?mail|email)|περιορισμενη προσβαση|δεν εχω προσβαση|(?:παρακαλω|παρακαλουμε) απευθυνθειτε|για οτιδηποτε|επικοινωνηστε (?:με|στο)|κατα την απουσια μου|λογω (?:θερινων )?διακοπων|απο \\d)
(?:jusqu'au|jusqu'a|a partir du|de retour|reouverture|en cas de besoin|(?:des|a) (?:mon|notre) retour|adressez-vous|merci d'(?:ecrire|adresser)|merci de (?:contacter|vous adresser|joindre)|je n'ai pas acces|mon retour|en cas d'urgence|pour toute urgence|toute demande urgente|veuillez contacter|vous pouvez (?:contacter|joindre)|merci pour votre (?:message|mail|courriel)|je vous repondrai|acces limite)
(?:hasta el|regreso|volvere|en caso de urgencia|para (?:asuntos|temas) urgentes|fino al|al mio rientro|rientrero|per urgenze|per comunicazioni urgenti|tot en met|weer aanwezig|bij spoed|voor dringende|ate (?:o )?dia|em caso de urgencia|assuntos urgentes)
(?:do dnia|wracam|w pilnych sprawach|prosze o kontakt|pana la|pentru urgente|ma intorc|до \\d|за спешни|по срочным|вернусь|acil durumlarda|tarihine kadar|tillbaka|till och med|vid bradskande|tilbage|akutte|tilbake|palaan|kiireelliset|do \\d+\\. ?\\d|nalehav|urgentn|surgos|visszaterek|hitn|nujn)
"""

# That an order, a ticket or a request was received, without a person having read it.
RECEIVED = """
(?:we have|we've|we) received your (?:e-?mail|message|request|enquiry|inquiry)[^\\n]{0,200}(?:will|as soon as|within|ticket|reference)
(?:this|the) (?:mailbox|inbox|e-?mail address|address|account) is (?:no longer|not) (?:in use|used|monitored|active|valid|checked|read)
your (?:request|message|e-?mail|enquiry|inquiry|case) (?:has been|was) (?:received|logged)[^\\n]{0,200}(?:is being|please allow|will|as soon as|within|ticket|reference|#)
(?:ihre|deine) (?:anfrage|e-?mail|nachricht) (?:ist bei uns eingegangen|haben wir erhalten|wurde empfangen)[^\\n]{0,200}(?:schnellstmoglich|werktag|stunden|ticket|bearbeit|melden)
dies(?:e|es) (?:e-?mail-?)?(?:adresse|postfach) (?:ist|wird) nicht (?:mehr )?(?:gultig|aktiv|genutzt|verwendet|abgerufen|gelesen|uberwacht|betreut)|(?:ihre|deine) (?:e-?mail|nachricht) wird nicht (?:gelesen|weitergeleitet)
wir (?:werden|kummern uns|melden uns) [^\\n]{0,80}(?:ihr anliegen|ihre anfrage|bei ihnen)[^\\n]{0,60}(?:schnellstmoglich|umgehend|in kurze|innerhalb|so schnell wie moglich|zeitnah)|wir (?:werden )?(?:ihr anliegen|ihre anfrage) (?:schnellstmoglich|umgehend|in kurze|so schnell wie moglich|zeitnah)
wir haben (?:ihre|deine) (?:anfrage|e-?mail|nachricht|mail|bestellung) erhalten[^\\n]{0,200}(?:melden|innerhalb|stunden|werktag|schnellst|bearbeit|ticket)
(?:ihre|deine) (?:anfrage|nachricht|e-?mail|meldung) wurde (?:\\S+ ){0,6}?(?:registriert|erfasst|aufgenommen|angelegt|weitergeleitet)
(?:ελαβαμε|λαβαμε|παραλαβαμε|εχουμε λαβει) (?:το μηνυμα|το αιτημα|το e-?mail|την παραγγελια|τη φορμα)[^\\n]{0,200}(?:συντομα|το συντομοτερο|εντοσ|εργασιμ|αριθμο)
(?:η διευθυνση|το e-?mail|η θυριδα) αυτ[ηο] δεν (?:χρησιμοποιειται|παρακολουθειται|ισχυει)|(?:ενας |μια )?(?:εκπροσωπος|συνεργατης|συμβουλος)(?: μας)? θα (?:επικοινωνησει|απαντησει)[^\\n]{0,60}(?:συντομ|αμεσα|εντος)
(?:σας ενημερωνουμε οτι )?το αιτημα (?:σας )?(?:με αριθμο \\S+ )?(?:εχει )?(?:καταχωρ\\w+|δημιουργηθηκε)
(?:το μηνυμα|το αιτημα|το e-?mail)(?: σας)? (?:εχει ληφθει|εχει παραληφθει|εληφθη|παρεληφθη|ελαβαμε|καταχωρ\\w+)[^\\n]{0,200}(?:συντομα|το συντομοτερο|εργασιμ|αριθμο|απαντησουμε|επικοινωνησουμε|θα εξεταστει|αρμοδιο)
cette (?:adresse|boite)(?: mail| e-?mail)? n'est (?:plus|pas) (?:utilisee|consultee|valide|active|surveillee)
(?:nous avons bien recu votre (?:demande|message|mail|e-?mail|courriel|commande|candidature|reclamation)|nous accusons reception de|votre (?:demande|message|courriel|e-?mail|mail) (?:a bien ete|a ete) (?:recue?|enregistree?))[^\\n]{0,200}(?:delais?|heures|reponse|repondr|reviendr|communiquera|ouvrables|numero|n°|sous la reference)
"""

# Anywhere in the text: thanks for a letter, and the promise of an answer within a time. Both make a confirmation.
THANKS = """
\\bthank(?:s| you)(?: very much| so much)? for (?:your (?:message|e-?mail|enquiry|inquiry|request|interest|contact)|contacting|reaching|e-?mailing|getting in|writing)
\\b(?:dank|danke) fur (?:ihre?n?|deine?|die) (?:nachricht|e-?mail|mail|anfrage|kontaktaufnahme|interesse|schreiben)
ευχαριστ(?:ω|ουμε) (?:πολυ |θερμα )?(?:για|που) (?:το μηνυμα|το e-?mail|την επικοινωνια|επικοινωνησατε|το ενδιαφερον|την προτιμηση)
(?:merci|remercions) (?:\\w+ )?(?:pour|de) (?:votre (?:message|mail|demande|courriel|interet)|nous avoir contacte)
"""
PROMISE = """
\\bwe(?:'ll| will| aim| try| shall|'ve)[^\\n]{0,80}(?:get back|repl(?:y|ied)|respond|answer|contact|in touch|review|process)[^\\n]{0,80}(?:shortly|soon|within|in due course|working day|business day|hours)|may take (?:up to|longer)|please allow (?:up to )?\\w+ (?:working |business )?(?:days|hours)
(?:wir (?:werden|melden|bemuhen|beantworten|bearbeiten|kummern)|beantworten wir|melden wir)[^\\n]{0,100}(?:kurze|schnellst|umgehend|innerhalb|werktag|stunden|zeitnah|so schnell|baldmoglichst)
θα (?:σας )?(?:επικοινωνησουμε|απαντησουμε|λαβετε απαντηση|εξυπηρετησουμε)[^\\n]{0,80}(?:συντομ|εντος|εργασιμ|αμεσα|ωρ[εων])
nous (?:vous |y )?(?:repondrons|reviendrons|traiterons|recontacterons|contacterons)[^\\n]{0,80}(?:delais?|rapidement|sous|heures|bref|jours)
"""

# These make one alone: the promise of a team, a number given, a letter answered by nobody.
CONFIRMED = """
(?:our (?:\\w+ ){0,2}(?:team|agents?|staff|department)|(?:one|a member) of our (?:\\w+ ){1,3}|customer (?:care|service|support)|a representative)[^\\n]{0,60}(?:will|aims?|is going to)[^\\n]{0,40}(?:get back|reply|respond|answer|contact you|in touch|review)
(?:thank(?:s| you)[^\\n]{0,60}|\\b)we aim to (?:answer|reply|respond)|(?:messages|e-?mails|enquiries)[^.\\n]{0,40} will be (?:answered|read|processed) (?:on|after|when|once|within)
a (?:support )?(?:ticket|case) has been (?:created|opened|logged)|(?:her|his|their) e-?mails? (?:is|are) (?:being )?forwarded to
(?:unser(?:e|em|er)? (?:\\w+ )?(?:team|kundenservice|kundendienst|support|mitarbeiter)|eine?r? (?:unserer )?mitarbeiter\\w*) (?:\\S+ ){0,4}?(?:meld|antwort|bearbeit|kummer|setz)[^\\n]{0,80}(?:kurze|schnellst|umgehend|innerhalb|werktag|stunden|zeitnah|so schnell|baldmoglichst)
(?:wurde|haben wir|ist) (?:\\S+ ){0,4}?(?:das ticket|die (?:ticket|vorgangs)\\w*|ein ticket) (?:\\S+ ){0,3}?(?:eroffnet|angelegt|erstellt|vergeben)|(?:nachrichten|e-?mails|anfragen) (?:\\S+ ){0,3}?(?:beantworten wir|bearbeiten wir|werden (?:\\S+ ){0,4}?(?:beantwortet|bearbeitet))
αιτημα (?:σας )?[^\\n]{0,40}(?:παραληφθηκε|εχει λαβει τον αριθμο|καταχωρ\\w+|δημιουργηθηκε)|(?:η ομαδα|το τμημα|καποιος συνεργατης)(?: μας)? [^\\n]{0,40}θα (?:σας )?(?:επικοινων|απαντησ)
(?:notre (?:equipe|service(?: client)?)|un(?:e)? (?:de nos )?conseill\\w+|nos (?:equipes|conseillers))[^\\n]{0,60}(?:repondr|contacter|reviendr|traiter)\\w*[^\\n]{0,60}(?:delais?|rapidement|sous|heures|bref|jours)
(?:demande|message|ticket) (?:a )?(?:bien )?(?:ete )?(?:prise? en compte|enregistree?) (?:sous|avec)
"""

# Anywhere at the beginning: that one is away, with who stands in.
STANDS_IN = """
\\b(?:in my absence|during my absence|your contact is|(?:covering|standing in) for me|for (?:anything )?urgent)\\b|ansprechpartner(?:in)? (?:ist|sind)|(?:ab|am) (?:\\S+ ){1,5}?wieder (?:fur sie da|erreichbar|im buro)|vertritt mich|vertreten (?:mich|durch)|hilft ihnen|meine vertretung
επιστρεφω (?:τη|την|στις|το)\\b|θα επιστρεψω|με αντικαθιστα|στην απουσια μου|για (?:κατι|ο,τι) επειγον|(?:serai|suis) de retour|assure mon remplacement|me remplace|en mon absence|durant mon absence
"""
AWAY_NOW = """
\\bi(?:'m| am) (?:\\S+ ){0,3}?(?:out|away|on leave|on (?:maternity|parental|sick|annual))\\b|ich bin (?:\\S+ ){0,6}?(?:erst (?:\\S+ ){0,5}?wieder|im mutterschutz|in elternzeit|nicht|im urlaub|in urlaub|krank|abwesend)
(?:λειπω|απουσιαζω|ειμαι|βρισκομαι) (?:\\S+ ){0,3}?(?:διακοπ|αδεια|εκτος|απο το γραφειο)|(?:je suis|actuellement) (?:\\S+ ){0,3}?(?:arret|conge|absent|vacances|deplacement)
"""

BOUNCE_TEXTS = """
your message (?:to \\S+ )?(?:has been (?:delayed|blocked|rejected)|was rejected|(?:was not|wasn't|has not been) delivered)|this message was undeliverable|delivery has failed to|this is the (?:mail system|qmail-send program|mail delivery)|(?:your|the following) message (?:to \\S+ )?(?:couldn't|could not|was not|wasn't|cannot) be delivered|delivery to the following recipients? (?:failed|has been delayed)
a message that you sent (?:could not be delivered|has not yet been delivered)|the following address(?:es)? (?:failed|had permanent fatal errors)|i'm sorry to have to inform you that your message could not
(?:ihre|deine) (?:nachricht|e-?mail) (?:an \\S+ )?(?:konnte|wurde) (?:\\S+ ){0,5}?nicht (?:zugestellt|ausgeliefert)|fehler bei der nachrichtenzustellung|die folgende adresse war nicht erreichbar|die zustellung an (?:den|die) folgenden? empfanger
(?:το μηνυμα σας|η παραδοση)(?: προς \\S+| στους? \\S+ \\S+)? (?:δεν (?:ηταν δυνατο να παραδοθει|παραδοθηκε|μπορεσε να παραδοθει)|απετυχε)|δεν ηταν δυνατη η παραδοση
votre message (?:a \\S+ |n'a pas |adresse a )[^\\n]{0,80}(?:pu etre (?:remis|distribue|delivre)|ete (?:remis|distribue))|echec de la remise (?:a|pour) (?:ces|ce) destinataires?|impossible de remettre (?:votre|le) message
"""

# Lines of newsletters and notifications; two of them make one.
NEWSLETTER_LINES = """
(?:view|read|open) (?:this (?:e-?mail|message|newsletter) )?(?:it )?in (?:your |the )?(?:web ?)?browser|(?:trouble|problems) viewing this|view (?:it )?online|web version
\\bunsubscribe\\b|update (?:your )?(?:e-?mail )?preferences|manage (?:your )?(?:preferences|subscription|notifications)|opt[ -]?out
you (?:are receiv(?:ing)|receive|received) this (?:e-?mail|message|newsletter|notification)[^\\n]{0,20} because|this (?:e-?mail|message) was sent to \\S+@
(?:im|in ihrem|in deinem) (?:web)?browser (?:ansehen|anzeigen|offnen|lesen|betrachten)|(?:online|web)-?(?:version|ansicht)|nicht (?:richtig|korrekt) (?:angezeigt|dargestellt)
newsletter (?:\\w+ )?(?:abbestellen|abmelden|austragen)|(?:vom|von diesem) newsletter abmelden|hier abmelden|\\babbestellen\\b|sie erhalten diese[ns]? (?:e-?mail|newsletter|nachricht)[^\\n]{0,20}weil
(?:προβολη|δειτε το|δειτε αυτο το|ανοιγμα)[^\\n]{0,30}(?:browser|φυλλομετρητη|προγραμμα περιηγησης)|δειτε (?:το )?online
(?:απεγγραφη|διαγραφη) (?:απο (?:τη λιστα|το newsletter|τη λιστα \\w+)|εδω)|για (?:να )?(?:διαγραφ\\w+|απεγγραφ\\w+)|λαμβανετε αυτο το (?:μηνυμα|e-?mail|email|newsletter)[^\\n]{0,20}(?:επειδη|γιατι|διοτι)|απεγγραφη
(?:voir|visualiser|afficher|consulter|lire)[^\\n]{0,30}(?:dans (?:votre |le |un )?navigateur|en ligne)|version en ligne|se desabonner|desabonnement|desinscri\\w+|me desinscrire|vous recevez (?:ce|cet) (?:e-?mail|message|courriel|newsletter)[^\\n]{0,30} car
(?:ver|vedi|visualizza|bekijk|zobacz|vezi|zobrazit|visa|se|vis)[^\\n]{0,30}(?:navegador|browser|przegladar\\w+|prohlizec\\w*|webblasare\\w*|nettleser\\w*|navegador)|darse de baja|cancelar (?:la )?suscripcion|disiscriv\\w+|annulla(?:re)? l'iscrizione|cancella(?:re|ti)[^\\n]{0,20}newsletter|uitschrijven|afmelden voor|cancelar (?:a )?(?:inscricao|subscricao)|wypisz(?: sie)?|dezabon\\w+|отпис\\w+|отписаться|abonelikten|avregistrera|avprenumerera|afmeld|avmeld|odhlasit|leiratkoz\\w+|odjav\\w+|відписатися
"""
