"""The steps of `stageclf.text.clean`, one a module.

`rows` cuts a text into rows; `boilerplate` finds what machines put into mails; `attribution` and `headers` find where
a quoted or forwarded mail begins; `quotes` decides what they take with them; `signatures` looks at the ends of what
is left. `phrases.yaml` holds what programs write, by language.
"""
