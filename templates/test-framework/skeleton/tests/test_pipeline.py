"""Does pipeline.py keep its promises?"""


def test_todo() -> None:
    raise NotImplementedError("write tests of pipeline.py")  # TODO: milestone 6
