from django.urls import path

from madoguchi.console import demo, gallery, views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("demo/", demo.desks, name="demo"),
    path("demo/<str:handle>/", demo.enter, name="demo-sign-in"),
]
