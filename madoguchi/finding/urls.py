from django.urls import path

from madoguchi.finding.views import before, talks

app_name = "finding"
urlpatterns = [
    path("", talks.talks, name="talks"),
    path("before/<int:pk>/", before.before, name="before"),
]
