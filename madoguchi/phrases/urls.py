from django.urls import path

from madoguchi.phrases import views

app_name = "phrases"
urlpatterns = [
    path("", views.phrases, name="list"),
    path("add/", views.add, name="add"),
    path("ready-made/", views.install, name="install"),
    path("signature/", views.sign, name="sign"),
    path("<int:pk>/", views.phrase, name="phrase"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/propose/", views.propose, name="propose"),
    path("<int:pk>/share/", views.share, name="share"),
    path("<int:pk>/decline/", views.decline, name="decline"),
]
