"""API tokens: made, listed, revoked."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response
from pydantic import Field

from engine.commands.api_tokens import CreateToken, NewToken, RevokeToken
from engine.queries.api_tokens import TokenList, TokenView
from webapp.api import story
from webapp.api.answers import answer, listed
from webapp.api.carry_out import carry_out, done
from webapp.api.schemas import DONE, Body, Id, Moment, Name, Paged, Text, example, many
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("tokens", "What a program shows instead of a password: told once, kept as a hash.")

Permission = Literal["read", "deploy", "start", "work", "see", "serve", "operate", "administer"]


class WantedToken(Body):
    model_config = example(name="nightly import", permissions=["read", "deploy"], expires_at="2031-01-01T00:00:00Z")

    name: Name
    permissions: list[Permission] = Field(min_length=1, max_length=10)
    user: Name | None = Field(None, description="As administrator: whose it is.")
    expires_at: Moment | None = None


class Whose(Paged):
    user: Text | None = None
    everybody: bool = False
    search: Text = Field("", description="In their names.")
    sort: Literal["newest", "oldest", "name", "user"] = "newest"


TOKEN = TokenView(story.OTHER, "otto", "nightly import", ("deploy", "read"), story.BEGAN, None)


@subject.post(
    "/tokens",
    new(NewToken(story.OTHER, "procession_...")),
    needs="read",
)
def create(body: WantedToken) -> Response:
    """Make a token that may at most what you may. It is shown this once; sent again with its key, it is not"""
    told: list[str] = []

    def kept(made: NewToken) -> dict[str, Any]:
        told.append(made.token)
        return {"id": made.id}

    command = CreateToken(body.name, tuple(body.permissions), body.user, body.expires_at)
    result = carry_out(command, kept)
    return answer({**result, "token": told[-1] if told else ""}, 201)


@subject.get("/tokens", many(TOKEN))
def list_all(query: Whose) -> Response:
    """Tokens, the newest first; never what they are"""
    return listed(ask(TokenList(**query.model_dump())))


@subject.delete("/tokens/<id>", DONE, needs="read")
def revoke(path: Id) -> Response:
    """Let a token be worth nothing from now on"""
    return done(RevokeToken(path.id))
