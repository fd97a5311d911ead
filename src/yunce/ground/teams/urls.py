from __future__ import annotations

from django.urls import path

from yunce.ground.teams.views import joining, me, people, settings, signing_in

app_name = "teams"
_people = "t/<slug:slug>/people/"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("link/<slug:token>/", signing_in.link, name="link"),
    path("join/<slug:token>/", joining.join, name="join"),
    path("teams/new/", joining.create, name="create"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
    path("me/tokens/", me.create_token, name="create-token"),
    path("me/tokens/<int:token_id>/revoke/", me.revoke_token, name="revoke-token"),
    path(_people, people.people, name="people"),
    path(f"{_people}invitations/", people.invite, name="invite"),
    path(
        f"{_people}invitations/<int:invitation_id>/revoke/",
        people.revoke_invitation,
        name="revoke-invitation",
    ),
    path(f"{_people}<int:member_id>/", people.member, name="member"),
    path(f"{_people}<int:member_id>/remove/", people.remove_member, name="remove-member"),
    path("t/<slug:slug>/settings/", settings.settings, name="settings"),
]
