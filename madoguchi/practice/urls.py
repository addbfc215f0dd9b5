from django.urls import path

from madoguchi.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.practices, name="practices"),
    path("start/", views.start, name="start"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/", views.back, name="back"),
]
