from django.urls import path

from madoguchi.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.channels, name="list"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/test/", views.test, name="test"),
]
