"""Calls verisim_reward as the trainers do and prints what each call gave, as one JSON object."""

import asyncio
import json
import os
import sys
import types

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "python"))
sys.dont_write_bytecode = True

import verisim_reward as verisim  # noqa: E402

given = json.load(sys.stdin)
reference, code, broken = given["reference"], given["code"], given["broken"]
fenced = f"Here it is:\n```svg\n{code}\n```"


def verl(solution, task="svg", **extra):
    return {
        "data_source": "icons",
        "solution_str": solution,
        "ground_truth": "",
        "extra_info": {"reference": reference, "task": task, "num_turns": 1, **extra},
    }


async def many(calls):
    return await asyncio.gather(*(verisim.compute_score(**call) for call in calls))


def swift():
    # ms-swift itself is no part of the test: what the plugin needs of it are these two names.
    rewards = types.ModuleType("swift.rewards")
    rewards.ORM, rewards.orms = type("ORM", (), {}), {}
    sys.modules["swift"], sys.modules["swift.rewards"] = types.ModuleType("swift"), rewards
    import verisim_swift  # noqa: F401

    return rewards.orms["verisim"](args=None)


columns = {"reference": [reference] * 3, "task": ["svg"] * 3, "trainer_state": None}
with open(given["picture"], "rb") as file:
    picture = file.read()

results = {
    "sync": verisim.compute_score_sync(**verl(fenced), reward_model_tokenizer=None),
    "async": asyncio.run(many([verl(fenced), verl(broken), verl("no code"), verl(fenced, task="music")] * 8)),
    "negative": verisim.compute_score_sync(**verl(broken), normaliser="negative-sum"),
    "trl": verisim.trl_reward()(prompts=["p"] * 3, completions=[fenced, broken, ""], completions_ids=[[1]] * 3, **columns),
    "conversational": verisim.trl_reward("svg")(
        prompts=[[{"role": "user", "content": "p"}]] * 2,
        completions=[
            [{"role": "assistant", "content": fenced}],
            [{"role": "assistant", "content": [{"type": "text", "text": fenced}]}],
        ],
        image=[picture, {"bytes": picture, "path": None}],
    ),
    "unjudged": verisim.trl_reward("svg")(completions=[fenced], reference=["data:image/png;base64,AAAA"]),
    "swift": swift()([fenced, broken, "no code"], **columns),
    "large": verisim.trl_reward("svg")(completions=["no code"] * 1100, reference=[reference] * 1100),
    "empty": verisim.judge([]),
    "wrong-key": verisim.judge([{"task": "svg", "reference": reference, "response": code}], api_key="wrong"),
    "unreachable": verisim.compute_score_sync(
        **verl(fenced), url="http://127.0.0.1:9", attempts=2, failure=-1, timeout=5
    ),
}
json.dump(results, sys.stdout)
