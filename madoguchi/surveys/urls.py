from django.urls import path

from madoguchi.surveys.views import answers, beside, builder, export, lists, publishing, settings, texts

app_name = "surveys"
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
    path("surveys/<int:pk>/preview/", builder.preview, name="preview"),
    path("surveys/<int:pk>/publish/", publishing.publish, name="publish"),
    path("surveys/<int:pk>/close/", publishing.close, name="close"),
    path("surveys/<int:pk>/versions/", publishing.versions, name="versions"),
    path("surveys/<int:pk>/versions/<int:number>/", publishing.restore_version, name="restore-version"),
    path("surveys/<int:pk>/settings/", settings.settings, name="settings"),
    path("surveys/<int:pk>/greetings/<int:channel_pk>/", settings.welcome, name="welcome"),
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
]
urlpatterns = BUILDING + ANSWERS
