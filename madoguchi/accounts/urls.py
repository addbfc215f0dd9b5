from django.urls import path

from madoguchi.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.second_factor_code, name="second-factor"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("second-factor/", views.enrol, name="enrol"),
    path("password/", views.password, name="password"),
    path("staff/", views.staff, name="staff"),
    path("staff/add/", views.add, name="add"),
    path("staff/<int:pk>/", views.edit, name="edit"),
]
