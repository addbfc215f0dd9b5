from django.urls import path

from madoguchi.signs import views

app_name = "signs"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("add/", views.add, name="add"),
    path("rules/<str:key>/", views.rule, name="rule"),
    path("rules/<str:key>/rename/", views.rename, name="rename"),
    path("rules/<str:key>/switch/", views.switch, name="switch"),
    path("rules/<str:key>/words/", views.drop, name="drop"),
]
