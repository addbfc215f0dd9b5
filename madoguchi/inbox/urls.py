from django.urls import path

from madoguchi.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.events, name="events"),
    path("set-aside/", views.set_aside, name="set-aside"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
