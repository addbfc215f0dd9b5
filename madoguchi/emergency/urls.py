from django.urls import path

from madoguchi.emergency.views import checklist, dossier, receivers

app_name = "emergency"
urlpatterns = [
    path("of/<int:pk>/", dossier.open_one, name="open"),
    path("of/<int:pk>/strip/", dossier.strip, name="strip"),
    path("of/<int:pk>/checklist/", checklist.checklist, name="checklist"),
    path("running/", dossier.running, name="running"),
    path("receivers/", receivers.receivers, name="receivers"),
    path("receivers/<int:pk>/", receivers.receiver, name="receiver"),
    path("receivers/<int:pk>/archive/", receivers.archive, name="archive-receiver"),
    path("notices/<int:pk>/confirm/", dossier.confirm, name="confirm"),
    path("<int:pk>/", dossier.dossier, name="dossier"),
    path("<int:pk>/quote/", dossier.quote, name="quote"),
    path("<int:pk>/decide/", dossier.decide, name="decide"),
    path("<int:pk>/withdraw/", dossier.withdraw, name="withdraw"),
    path("<int:pk>/reveal/", dossier.reveal, name="reveal"),
]
