from django.urls import path

from madoguchi.console import demo, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("demo/", demo.desks, name="demo"),
    path("demo/<str:handle>/", demo.enter, name="demo-sign-in"),
]
