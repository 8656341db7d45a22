"""The one form engine: needs assessments, diagnoses, applications and reports.

A questionnaire is content, not code. To add one:

1. Write `content/<code>.json`: `title`, `purpose` (see `enums.Purpose`), `facts` (what the caller tells the form: kind,
   values, meaning), `themes` (codes needs may be raised under) and `sections`, each with its `questions`. Take
   `content/needs_assessment.json` as the example; a text is `{"fr": …, "en": …}`, French compulsory.
2. A question has a `key` (kept for ever: answers are stored under it), a `label` and a `kind` (`definition.Kind`). It
   may have `help`, `options`, `required`, `sensitive` (never compulsory, offers not to answer), `show_if`, `raises`,
   `scores`, and the limits `minimum`, `maximum` or `max_length`.
3. A condition is `{"question": KEY, OPERATOR: VALUE}` or `{"fact": KEY, OPERATOR: VALUE}` with the operators `equals`,
   `in`, `answered`, `at_least`, `at_most`; or `{"all": […]}`, `{"any": […]}`, `{"not": …}`. Inside `raises`, a test
   that names neither speaks of its own question. A missing fact or answer fails every test but `answered: false`.
4. `raises` lists the needs an answer gives rise to (`when`, `priority` 1 to 3, `label`, and `theme` when it is not the
   section's). Rules that share a `code` (by default the question's key) are one need: the most urgent rule wins.
5. Run `pytest tests/questionnaires`. `actions.load_content()`, run after migrations, publishes it as a new version.

A published version never changes (the database refuses it): edit the file, and the next `load_content()` publishes the
next version, while older answers keep theirs. Whoever may (`Right.EDIT_QUESTIONNAIRES`) does the same on pages, from a
draft (`actions.start_draft`); from then on the file of the program no longer replaces what they publish.

`rules` has the pure rules, `forms` the Django form, `editing` what changes a definition piece by piece.
"""
