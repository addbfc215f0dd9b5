from django.urls import path

from madoguchi.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.events, name="events"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
