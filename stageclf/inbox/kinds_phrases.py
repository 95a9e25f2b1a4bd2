# ruff: noqa: E501
"""Subjects that mail programs write and lines of newsletters, as regular expressions on small letters without accents."""

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
