# outcome: runtime-error
class Awful(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


raise Awful
