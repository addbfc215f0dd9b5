from django.urls import path

from madoguchi.accounts.views import door, own, staff

app_name = "accounts"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/code/", door.second_factor_code, name="second-factor"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("lock/", door.lock, name="lock"),
    path("unlock/", door.unlock, name="unlock"),
    path("acted/", door.acted, name="acted"),
    path("second-factor/", own.enrol, name="enrol"),
    path("second-factor/recovery-codes/", own.recovery_codes, name="recovery-codes"),
    path("password/", own.password, name="password"),
    path("staff/", staff.staff, name="staff"),
    path("staff/add/", staff.add, name="add"),
    path("staff/<int:pk>/", staff.edit, name="edit"),
    path("staff/<int:pk>/reset/", staff.reset, name="reset"),
    path("approvals/", staff.approvals, name="approvals"),
    path("approvals/<int:pk>/approve/", staff.approve, name="approve"),
    path("approvals/<int:pk>/refuse/", staff.refuse, name="refuse"),
]
