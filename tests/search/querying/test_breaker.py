from search.querying.breaker import FAILURES, PAUSE_SECONDS, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.may_ask()
        breaker.failed()
    return breaker, clock


def test_it_opens_after_some_failures_in_a_row():
    breaker, _clock = opened()
    assert breaker.is_open
    assert not breaker.may_ask()


def test_a_success_starts_the_count_anew():
    breaker = Breaker(Clock())
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.may_ask()


def test_after_the_pause_one_tries_and_its_success_closes_it():
    breaker, clock = opened()
    clock.now += PAUSE_SECONDS
    assert breaker.may_ask()
    assert not breaker.may_ask()
    breaker.succeeded()
    assert breaker.may_ask()


def test_after_the_pause_a_failure_opens_it_again():
    breaker, clock = opened()
    clock.now += PAUSE_SECONDS
    assert breaker.may_ask()
    breaker.failed()
    clock.now += PAUSE_SECONDS - 1
    assert not breaker.may_ask()
