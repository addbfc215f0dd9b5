"""Every address. What may use which is in accounts/permissions.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("madoguchi.console.urls")),
    path("", include("madoguchi.accounts.urls")),
    path("desk/", include("madoguchi.desk.urls")),
    path("phrases/", include("madoguchi.phrases.urls")),
    path("emergency/", include("madoguchi.emergency.urls")),
    path("board/", include("madoguchi.supervision.urls")),
    path("safety/", include("madoguchi.safety.urls")),
    path("routing/", include("madoguchi.routing.urls")),
    path("practice/", include("madoguchi.practice.urls")),
    path("find/", include("madoguchi.finding.urls")),
    path("media/", include("madoguchi.threads.urls")),
    path("", include("madoguchi.surveys.urls")),
    path("", include("madoguchi.contacts.urls")),
    path("signs/", include("madoguchi.signs.urls")),
    path("channels/", include("madoguchi.channels.urls")),
    path("log/", include("madoguchi.audit.urls")),
    path("events/", include("madoguchi.inbox.urls")),
]

handler400 = "madoguchi.console.views.refused"
handler403 = "madoguchi.console.views.absent"
handler404 = "madoguchi.console.views.absent"
handler500 = "madoguchi.console.views.broken"
