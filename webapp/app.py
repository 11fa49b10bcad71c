"""The web application: pages, their safeguards and what they share, put together around one engine."""

from __future__ import annotations

from flask import Flask

from engine.processengine import ProcessEngine
from engine.queries.tapes import Tapes
from webapp.api import add_api
from webapp.assets import assets
from webapp.auth.csrf import protect_forms
from webapp.auth.sessions import know_visitors
from webapp.auth.sign_in import sign_in_page
from webapp.auth.throttle import Throttle
from webapp.batches import Batches
from webapp.display import teach_templates
from webapp.failures import show_failures
from webapp.headers import protect
from webapp.health import health
from webapp.hosts import answer_only_for
from webapp.letters import Letters
from webapp.logs import log_requests
from webapp.metrics import keep_metrics
from webapp.models import ModelCache
from webapp.names import Names
from webapp.navigation import guard_pages
from webapp.portal import ACTS, PAGES
from webapp.recent import Recent
from webapp.settings import WebSettings
from webapp.toast import keep_toasts


def create_app(engine: ProcessEngine, settings: WebSettings | None = None) -> Flask:
    """The application for an engine that is started and stopped by whoever calls this."""
    chosen = settings or WebSettings()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = chosen.upload_limit
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * 1024 * 1024
    app.extensions["procession"] = engine
    app.extensions["procession-settings"] = chosen
    app.extensions["procession-throttle"] = Throttle()
    app.extensions["procession-batches"] = Batches(engine, ACTS)
    app.extensions["procession-models"] = ModelCache()
    app.extensions["procession-names"] = Names()
    app.extensions["procession-recent"] = Recent()
    app.extensions["procession-tapes"] = Tapes()
    if engine.settings.smtp_url:
        engine.write_letters(Letters(chosen.url).write)
    log_requests(app)
    show_failures(app)
    protect(app)
    # Each looks before a page is made, in this order: is it for us, who is it, is the form ours, may they see it.
    answer_only_for(app, chosen.hosts)
    know_visitors(app)
    protect_forms(app)
    guard_pages(app)
    add_api(app, engine)
    keep_metrics(app, engine)
    keep_toasts(app)
    teach_templates(app)
    for blueprint in (assets, health, sign_in_page, *(page.blueprint for page in PAGES)):
        app.register_blueprint(blueprint)
    return app
