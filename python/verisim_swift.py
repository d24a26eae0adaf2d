"""ms-swift: swift rlhf --external_plugins python/verisim_swift.py --reward_funcs verisim"""

try:
    from swift.rewards import ORM, orms
except ImportError:  # before ms-swift 4
    from swift.plugin import ORM, orms

from verisim_reward import VerisimORM


class Verisim(VerisimORM, ORM):
    """Rewards by VERISIM_URL, VERISIM_API_KEY, and VERISIM_TASK where the dataset has no column `task`."""


orms["verisim"] = Verisim
