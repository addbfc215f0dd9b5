from django.urls import path, re_path

from madoguchi.surveys.public import liff, mine, pages, questions
from madoguchi.surveys.views import (
    answers,
    beside,
    builder,
    export,
    links,
    lists,
    publishing,
    settings,
    terms,
    texts,
    together,
)

app_name = "surveys"
PAGES = [  # the form a friend fills: no sign-in, the token is the key
    path("s/<str:token>/", pages.page, name="page"),
    path("s/<str:token>/begin/", pages.begin, name="begin"),
    path("s/<str:token>/wording/", pages.reword, name="reword"),
    path("s/<str:token>/q/<str:key>/", questions.question, name="question"),
    path("s/<str:token>/q/<str:key>/draft/", questions.draft, name="draft"),
    path("s/<str:token>/q/<str:key>/picture.jpg", questions.picture, name="picture"),
    path("s/<str:token>/check/", pages.check, name="check"),
    path("s/<str:token>/end/", pages.end, name="end"),
    path("s/<str:token>/later/", pages.later, name="later"),
    path("s/<str:token>/hide/", pages.hide, name="hide"),
    path("s/<str:token>/mine/", mine.mine, name="mine"),
    path("s/<str:token>/mine/delete/", mine.erase, name="erase"),
    path("s/<str:token>/mine/consent/", mine.withdraw, name="withdraw"),
    re_path(r"^liff/(?P<liff_id>[0-9A-Za-z-]+)/?$", liff.door, name="liff"),
    re_path(r"^liff/(?P<liff_id>[0-9A-Za-z-]+)/(?P<survey>[\w-]+)/?$", liff.door, name="liff-survey"),
]
BUILDING = [
    path("surveys/", lists.surveys, name="list"),
    path("surveys/add/", lists.add, name="add"),
    path("surveys/ready-made/", lists.make_ready_made, name="make-ready-made"),
    path("surveys/import/", lists.take_in, name="import"),
    path("surveys/<int:pk>/", builder.survey, name="survey"),
    path("surveys/<int:pk>/questions/", builder.add_question, name="add-question"),
    path("surveys/<int:pk>/questions/<str:key>/", builder.edit_question, name="edit-question"),
    path("surveys/<int:pk>/questions/<str:key>/move/", builder.move_question, name="move-question"),
    path("surveys/<int:pk>/words/<str:key>/", builder.words, name="words"),
    path("surveys/<int:pk>/undo/", builder.undo, name="undo"),
    path("surveys/<int:pk>/hands/", together.hands, name="hands"),
    path("surveys/<int:pk>/preview/", builder.preview, name="preview"),
    path("surveys/<int:pk>/publish/", publishing.publish, name="publish"),
    path("surveys/<int:pk>/close/", publishing.close, name="close"),
    path("surveys/<int:pk>/versions/", publishing.versions, name="versions"),
    path("surveys/<int:pk>/versions/<int:number>/", publishing.restore_version, name="restore-version"),
    path("surveys/<int:pk>/settings/", settings.settings, name="settings"),
    path("surveys/<int:pk>/greetings/<int:channel_pk>/", settings.welcome, name="welcome"),
    path("surveys/<int:pk>/links/", links.links, name="links"),
    path("surveys/<int:pk>/links/<int:channel_pk>/<str:way>.<str:kind>", links.code, name="code"),
    path("surveys/<int:pk>/file/", lists.file, name="file"),
    path("surveys/<int:pk>/duplicate/", lists.duplicate, name="duplicate"),
    path("surveys/<int:pk>/archive/", lists.archive, name="archive"),
    path("surveys/<int:pk>/remove/", lists.remove, name="remove"),
]
ANSWERS = [
    path("surveys/<int:pk>/answers/", answers.answers, name="answers"),
    path("surveys/<int:pk>/answers/cross/", answers.cross, name="cross"),
    path("surveys/<int:pk>/answers/texts/", texts.texts, name="texts"),
    path("surveys/<int:pk>/answers/texts/find/", texts.find, name="find-texts"),
    path("surveys/<int:pk>/answers/export/", export.export, name="export"),
    path("surveys/of/<int:pk>/", beside.of_contact, name="of-contact"),
    path("surveys/of/<int:pk>/part/", beside.part_of_contact, name="part-of-contact"),
]
TERMS = [
    path("surveys/terms/", terms.terms, name="terms"),
    path("surveys/terms/add/", terms.add, name="add-terms"),
    path("surveys/terms/<int:pk>/", terms.version, name="terms-version"),
    path("surveys/terms/<int:pk>/publish/", terms.publish, name="publish-terms"),
]
urlpatterns = PAGES + TERMS + BUILDING + ANSWERS
