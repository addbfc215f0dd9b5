from django.urls import path

from madoguchi.console import demo, language, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("language/", language.choose, name="language"),
    path("demo/", demo.desks, name="demo"),
    path("demo/<str:handle>/", demo.enter, name="demo-sign-in"),
]
