"""Rewards from a running `verisim serve`, for RL trainers.

Standard library only, Python 3.9 or later: copy this file or point the trainer at it. docs/rl.md has recipes.

    veRL      compute_score (async), compute_score_sync
    TRL       trl_reward(task="chart") makes a reward function
    ms-swift  verisim_swift.py beside this file registers VerisimORM

The service is found by the environment: VERISIM_URL (default http://127.0.0.1:8080) and VERISIM_API_KEY.
Nothing here ends a training run: what cannot be judged gets the failure value, `failed` says so, and the log why.
"""

import asyncio
import base64
import functools
import http.client
import io
import json
import logging
import os
import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

log = logging.getLogger("verisim_reward")

DEFAULT_URL = "http://127.0.0.1:8080"
# Samples of one request, the most that the service takes.
MOST_SAMPLES = 1024
# Seconds between two tries, at most.
LONGEST_WAIT = 30.0
# Different reasons that are logged: a run of a million samples must not fill the disk.
MOST_REASONS = 50
# Samples that veRL may have judged at once in one process.
WORKERS = 64


class ServiceError(Exception):
    """The service could not be reached, or refused the request."""


class Service:
    """One address of the service. A thread keeps its connection open from one call to the next."""

    def __init__(self, url, api_key, timeout):
        self.address = urlsplit(url)
        if self.address.scheme not in ("http", "https") or not self.address.hostname:
            raise ValueError(f"VERISIM_URL is no http(s) address: {url!r}")
        self.headers = {"content-type": "application/json"}
        if api_key:
            self.headers["authorization"] = f"Bearer {api_key}"
        self.timeout = timeout
        self.kept = threading.local()

    def post(self, path, body, attempts):
        """The reply as parsed JSON. Tries again what may pass; raises ServiceError when it does not."""
        data = json.dumps(body).encode()
        problem = ""
        for attempt in range(attempts):
            wait = None
            try:
                status, headers, reply = self._send(path, data)
                if status == 200:
                    return json.loads(reply)
                problem = f"status {status}: {_message(reply)}"
                may_pass = status >= 500 or status in (408, 429)
                if not may_pass or headers.get("x-should-retry") == "false":
                    break
                wait = _seconds(headers.get("retry-after"))
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._drop()
                problem = f"{type(error).__name__}: {error}"
            if attempt + 1 < attempts:
                growing = 2**attempt * (0.25 + random.random() / 2)
                time.sleep(min(LONGEST_WAIT, growing if wait is None else wait))
        raise ServiceError(f"{self.address.geturl()}{path}: {problem}")

    def _send(self, path, data):
        connection = self._connection()
        try:
            return self._exchange(connection, path, data)
        except (ConnectionError, http.client.BadStatusLine):
            self._drop()
            if connection.fresh:
                raise
            # The service had closed it while it lay idle: that is no failed try.
            return self._exchange(self._connection(), path, data)

    def _exchange(self, connection, path, data):
        connection.request("POST", self.address.path.rstrip("/") + path, data, self.headers)
        response = connection.getresponse()
        reply = response.read()
        connection.fresh = False
        return response.status, response.headers, reply

    def _connection(self):
        # A socket must not be shared with a process that was forked.
        if getattr(self.kept, "process", None) != os.getpid():
            kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
            connection = kind(self.address.hostname, self.address.port, timeout=self.timeout)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.fresh = True
            self.kept.process, self.kept.connection = os.getpid(), connection
        return self.kept.connection

    def _drop(self):
        if getattr(self.kept, "process", None) == os.getpid():
            self.kept.connection.close()
        self.kept.process = None


NOTHING = {"rewards": [], "items": []}


def judge(
    samples,
    *,
    url=None,
    api_key=None,
    timeout=180.0,
    attempts=4,
    failure=None,
    normaliser="constant",
    scale=50.0,
    critic=None,
):
    """One verdict for each sample, in order; never raises for what the service does.

    A sample is {"task", "reference", "response"} and, where it is not the task's first, "language"; the reference is a
    path below serve.references, a data URL, bytes, or a picture of PIL or `datasets`. `timeout` is seconds for one try. A verdict has the same keys for every sample, all numbers, so that a trainer can average
    them: score, severity (0 where there is none), rendered, unscored, hacked, failed. `failure` is the score where
    there is no verdict on the code (default: as for code that does not render).
    """
    if failure is None:
        failure = -4.0 if normaliser == "negative-sum" else 0.0
    service = _service(
        url or os.environ.get("VERISIM_URL") or DEFAULT_URL,
        api_key or os.environ.get("VERISIM_API_KEY"),
        timeout,
    )
    common = {"normaliser": normaliser, "scale": scale}
    if critic:
        common["critic"] = critic
    verdicts = []
    for start in range(0, len(samples), MOST_SAMPLES):
        part = [_ready(sample) for sample in samples[start : start + MOST_SAMPLES]]
        sent = [sample for sample in part if sample is not None]
        try:
            reply = service.post("/v1/reward", {**common, "items": sent}, attempts) if sent else NOTHING
            judged = list(zip(reply["rewards"], reply["items"]))
            if len(judged) != len(sent):
                raise ServiceError(f"{len(sent)} samples were sent, {len(judged)} verdicts came back")
        except (ServiceError, KeyError, TypeError) as error:
            log.warning("no reward: %s", error)
            judged = [(None, {})] * len(sent)
        verdict_of = iter(judged)
        pairs = [(None, {}) if sample is None else next(verdict_of) for sample in part]
        for _, item in pairs:
            _explain(item)
        verdicts += [_verdict(reward, item, failure) for reward, item in pairs]
    return verdicts


def compute_score_sync(data_source, solution_str, ground_truth, extra_info=None, **options):
    """veRL's reward function (naive and dapo managers), called in a thread for each sample.

    The dataset's `extra_info` says `reference` (a path below serve.references, a data URL, or bytes), `task` and
    perhaps `language`; without them the reference is `ground_truth` and the task `data_source`.
    """
    return judge([_verl_sample(data_source, solution_str, ground_truth, extra_info, options)], **_own(options))[0]


async def compute_score(data_source, solution_str, ground_truth, extra_info=None, **options):
    """The same for veRL's asynchronous reward loop: samples are judged side by side."""
    call = functools.partial(compute_score_sync, data_source, solution_str, ground_truth, extra_info, **options)
    return await asyncio.get_running_loop().run_in_executor(_workers(os.getpid()), call)


def trl_reward(task=None, **options):
    """A reward function for TRL's GRPOTrainer. Where there is no verdict the reward is None, which TRL leaves out.

    The dataset has a column `reference` (or `image`), and `task` and `language` where they differ between samples.
    """

    def verisim_reward(prompts=None, completions=(), **columns):
        verdicts = judge(_samples(completions, task, columns), **options)
        return [None if verdict["failed"] else verdict["score"] for verdict in verdicts]

    return verisim_reward


class VerisimORM:
    """ms-swift's outcome reward model; `verisim_swift.py` registers it as `verisim`. Columns as for TRL."""

    options = {}

    def __init__(self, args=None, **_):
        self.args = args

    def __call__(self, completions, **columns):
        verdicts = judge(_samples(completions, os.environ.get("VERISIM_TASK"), columns), **self.options)
        return [verdict["score"] for verdict in verdicts]


def _own(options):
    """What `judge` takes of the trainer's keyword arguments."""
    names = judge.__kwdefaults__
    return {name: value for name, value in options.items() if name in names}


def _verl_sample(data_source, solution_str, ground_truth, extra_info, options):
    known = {**options, **(extra_info or {})}
    reference = known.get("reference")
    return _sample(
        solution_str,
        ground_truth if reference is None else reference,
        known.get("task") or data_source,
        known.get("language"),
    )


def _samples(completions, task, columns):
    """A trainer's columns, each as long as the completions, as samples."""

    def column(name, otherwise=None):
        values = columns.get(name)
        if isinstance(values, (list, tuple)):
            return values
        return [otherwise if values is None else values] * len(completions)

    references = column("reference" if "reference" in columns else "image")
    rows = zip(completions, references, column("task", task), column("language"))
    return [_sample(_text(completion), reference, kind, language) for completion, reference, kind, language in rows]


def _sample(response, reference, task, language):
    sample = {"task": task, "reference": _reference(reference), "response": response}
    return {**sample, "language": language} if language else sample


def _ready(sample):
    """A sample as it is sent; None for one that cannot be, which must not cost the others their verdicts."""
    try:
        ready = {**sample, "reference": _reference(sample["reference"])} if "reference" in sample else sample
        json.dumps(ready)
    except (TypeError, ValueError, OSError) as error:
        _tell(f"no reward: a sample cannot be sent: {type(error).__name__}: {error}")
        return None
    return ready


def _text(completion):
    """A completion as text: it is one, or a list of messages, whose contents are texts or lists of parts."""
    if isinstance(completion, str):
        return completion
    content = completion[-1]["content"] if completion else ""
    if isinstance(content, str):
        return content
    return "".join(part.get("text") or "" for part in content)


def _reference(reference):
    """Text goes as it is; bytes, what `datasets` makes of a picture, and PIL's pictures go as data URLs."""
    if isinstance(reference, dict):
        reference = reference.get("bytes") or reference.get("path")
    if hasattr(reference, "save"):
        file = io.BytesIO()
        reference.save(file, "PNG")
        reference = file.getvalue()
    if isinstance(reference, (bytes, bytearray)):
        return "data:image/png;base64," + base64.b64encode(reference).decode()
    return reference


_told = set()


def _explain(item):
    """Logs why a sample got no verdict, or its render no critique: each reason once, and only so many."""
    kind = item.get("kind")
    if kind == "error":
        reason = f"no reward: status {item.get('status')}: {item.get('error', {}).get('message')}"
    elif kind == "unscored":
        reason = f"no critique, the reward is a middling one: {item.get('critique', {}).get('reason')}"
    else:
        return
    _tell(reason)


def _tell(reason):
    if reason in _told or len(_told) >= MOST_REASONS:
        return
    _told.add(reason)
    log.warning("%s (not logged again)", reason)
    if len(_told) == MOST_REASONS:
        log.warning("these were %d different reasons; further ones are not logged", MOST_REASONS)


def _verdict(reward, item, failure):
    kind = item.get("kind")
    return {
        "score": float(failure if reward is None else reward),
        "severity": float(item.get("severity") or 0),
        "rendered": float(kind in ("scored", "unscored")),
        "unscored": float(kind == "unscored"),
        "hacked": float(kind == "hacked"),
        "failed": float(reward is None),
    }


@functools.lru_cache(maxsize=8)
def _service(url, api_key, timeout):
    return Service(url, api_key, timeout)


@functools.lru_cache(maxsize=1)
def _workers(_process):
    # A forked process has none of its parent's threads, so each makes its own.
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="verisim")


def _message(reply):
    try:
        return json.loads(reply)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return reply[:200].decode(errors="replace")


def _seconds(text):
    try:
        return max(0.0, float(text))
    except (TypeError, ValueError):
        return None
